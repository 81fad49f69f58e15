import { recordIds } from '../../domain/audit/records.ts';
import type { Digest } from '../../domain/content.ts';
import { type ErasureNote, eraseEvent, remainsDigest } from '../../domain/erasure.ts';
import type { RunEvent } from '../../domain/events.ts';
import { project } from '../../domain/project.ts';
import type { ProjectionChange } from '../../domain/projections.ts';
import { readEvent } from '../../domain/read-event.ts';
import type { RunState } from '../../domain/state.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { App } from '../app.ts';
import { tidy } from '../steps/tidy.ts';
import { blobsOf } from './blobs-of.ts';

export interface ErasureRequest {
  readonly run: string;
  readonly seq: number;
  readonly reason: string;
}

/** What an erasure has left. */
export interface ErasedPayload {
  /** The event as it stands in the log now. */
  readonly event: RunEvent;
  /** Blobs that the payload named, and which go once it is certain that nothing else names them. */
  readonly blobs: number;
}

/**
 * Erases the payload of one event of an ended run, with its salt, and every copy of it that the log has left elsewhere:
 * rows, snapshot, idempotency keys, the engine's history. The audit log says so first. Done again, it changes nothing more
 * and answers the same. Throws `run.not-ended`.
 */
export async function erasePayload(
  app: App,
  { tenant, subject }: Principal,
  { run, seq, reason }: ErasureRequest,
): Promise<ErasedPayload> {
  const state = await app.runs.load(tenant, run);
  if (!state.end) {
    throw new TandemError('run.not-ended', { message: `The run ${run} has not ended`, details: { run } });
  }
  // Whoever still has to be told how it ended is told what is about to go.
  await tidy(app, state);
  const event = (await app.log.forTenant(tenant).read(run, seq - 1, 1)).events[0];
  if (event?.seq !== seq) {
    throw new TandemError('resource.not-found', {
      message: `The run ${run} has no event ${seq}`,
      details: { run, seq },
    });
  }
  if (event.erased) return { event, blobs: 0 };
  const note = await announce(app, { tenant, by: `user:${subject}`, run, reason }, event);
  const erased = eraseEvent(event, note);
  const blobs = await namedBy(app, tenant, event);
  const { rows, told } = await rowsWithout(app, tenant, erased);
  await app.disposal.forTenant(tenant).erase({ run, event: erased, projections: rows, told, blobs });
  await app.engine.forget(run);
  return { event: erased, blobs: blobs.length };
}

interface Announcement {
  readonly tenant: string;
  readonly by: string;
  readonly run: string;
  readonly reason: string;
}

/** Says in the audit log what is about to be erased, or takes over what somebody has said who was cut off. */
async function announce(
  app: App,
  { tenant, by, run, reason }: Announcement,
  event: RunEvent,
): Promise<ErasureNote> {
  const { seq } = event;
  const records = app.records.forTenant(tenant);
  const known = () => records.get('erasure', recordIds.erasure(run, seq));
  const remains = remainsDigest(eraseEvent(event, { at: '', by, reason }));
  await app.audit.update(tenant, async () =>
    (await known()) ? [] : [{ type: 'payload.erased', by, payload: { run, seq, reason, remains } }],
  );
  const erasure = await known();
  if (!erasure) throw new TandemError('internal', { message: 'The erasure was not recorded' });
  return { at: erasure.erasedAt, by: erasure.erasedBy, reason: erasure.reason };
}

async function namedBy(app: App, tenant: string, event: RunEvent): Promise<readonly Digest[]> {
  const folders = new Set<Digest>();
  const isNew = (folder: Digest): boolean => !folders.has(folder) && folders.add(folder).has(folder);
  const named = await Array.fromAsync(blobsOf(app.blobs.forTenant(tenant), event, isNew));
  return [...new Set(named)];
}

interface RowsWithout {
  readonly rows: readonly ProjectionChange[];
  readonly told: readonly string[];
}

/** The rows that the log yields with the erased event in its place; and by what else webhooks are told of it. */
async function rowsWithout(app: App, tenant: string, erased: RunEvent): Promise<RowsWithout> {
  const log = app.log.forTenant(tenant);
  const rows: ProjectionChange[] = [];
  const told: string[] = [];
  let state: RunState | undefined;
  for (let more = true; more; ) {
    const page = await log.read(erased.run, state?.seq ?? 0);
    for (const written of page.events) {
      const before = state;
      const read = readEvent(before, written.seq === erased.seq ? erased : written);
      if (isToldBy(erased, read.event)) told.push(read.event.id);
      state = read.state;
      rows.push(...project(before, state, [read.event]));
    }
    more = page.more;
  }
  return { rows, told };
}

/** The end of an approval tells the whole approval: what was asked, and what was answered. */
function isToldBy(erased: RunEvent, { seq, payload }: RunEvent): boolean {
  if (seq === erased.seq) return true;
  if (!('approval' in erased.payload && 'approval' in payload)) return false;
  return payload.approval === erased.payload.approval;
}
