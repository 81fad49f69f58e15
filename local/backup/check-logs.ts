import { LRUCache } from 'lru-cache';
import { treeBlobs } from '../../shared/application/workspace/tree-blobs.ts';
import type { BlobRef, Digest } from '../../shared/domain/content.ts';
import type { RunEvent } from '../../shared/domain/events.ts';
import { namedBlobs } from '../../shared/domain/named-blobs.ts';
import { isSignature } from '../../shared/domain/signature.ts';
import { LogVerifier } from '../../shared/domain/verify.ts';
import type { SavedData, SavedRun } from './saved-data.ts';

/** Something that is wrong with a run. */
export interface Damage {
  readonly tenant: string;
  readonly run: string;
  readonly message: string;
}

export interface CheckedLogs {
  readonly runs: number;
  readonly events: number;
  readonly damage: readonly Damage[];
}

/** Blobs that need not be looked for again. */
const rememberedBlobs = 200_000;

/** Damage that is told of; a folder that has lost more has lost it all. */
const toldDamage = 100;

/** Verifies every log, and that every blob that one names is there. */
export async function checkLogs(data: SavedData, checked: (runs: number) => void): Promise<CheckedLogs> {
  const seen = new LRUCache<string, true>({ max: rememberedBlobs });
  const damage: Damage[] = [];
  let runs = 0;
  let events = 0;
  for (const saved of data.runs()) {
    const { tenant, run } = saved;
    const verdict = await checkRun(data, saved, seen);
    if (verdict.message !== undefined && damage.length < toldDamage)
      damage.push({ tenant, run, message: verdict.message });
    runs += 1;
    events += verdict.events;
    checked(runs);
  }
  return { runs, events, damage };
}

type Seen = LRUCache<string, true>;

async function checkRun(
  data: SavedData,
  saved: SavedRun,
  seen: Seen,
): Promise<{ readonly events: number; readonly message?: string }> {
  const verifier = new LogVerifier({ ...saved, verifySignature: isSignature });
  for (const event of data.events(saved)) {
    if (verifier.next(event)) break;
    const missing = await missingBlob(data, { tenant: saved.tenant, seen }, event);
    if (missing !== undefined) {
      const message = `Event ${event.seq} names a blob that is missing or damaged: ${missing}`;
      return { events: event.seq, message };
    }
  }
  const { events, findings } = verifier.end(saved.head);
  return { events, ...(findings[0] ? { message: findings[0].message } : {}) };
}

/** The first blob of an event that is not there as it should be. */
async function missingBlob(
  data: SavedData,
  { tenant, seen }: { readonly tenant: string; readonly seen: Seen },
  event: RunEvent,
): Promise<Digest | undefined> {
  const isNew = (digest: Digest): boolean => {
    const known = seen.has(`${digest} ${tenant}`);
    seen.set(`${digest} ${tenant}`, true);
    return !known;
  };
  const isMissing = async (ref: BlobRef) => isNew(ref.blob) && !(await data.has(tenant, ref));
  const { contents, trees } = namedBlobs(event);
  for (const ref of contents) if (await isMissing(ref)) return ref.blob;
  for (const root of trees) {
    let last = root;
    try {
      const blobs = { get: (digest: Digest) => data.get(tenant, digest) };
      for await (const blob of treeBlobs(blobs, root, isNew)) {
        last = blob.digest;
        if (blob.type === 'file' && (await isMissing({ blob: blob.digest, size: blob.size }))) return last;
      }
    } catch {
      return last;
    }
  }
  return undefined;
}
