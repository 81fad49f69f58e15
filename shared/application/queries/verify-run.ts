import { recordIds } from '../../domain/audit/records.ts';
import type { Digest } from '../../domain/content.ts';
import { LogVerifier } from '../../domain/verify.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Verification } from '../api/runs.ts';
import type { App } from '../app.ts';

/** Reads a run's whole log and checks it: chain, payloads, head, signature, legality. */
export async function verifyRun(app: App, { tenant }: Principal, run: string): Promise<Verification> {
  const log = app.log.forTenant(tenant);
  const head = await log.head(run);
  const verifier = new LogVerifier({
    tenant,
    run,
    erasures: await erasuresOf(app, tenant, run),
    verifySignature: (message, signature) => app.signer.verify(message, signature),
  });
  let read = 0;
  for (let more = true; more; ) {
    const page = await log.read(run, read);
    for (const event of page.events) if (verifier.next(event)) break;
    read += page.events.length;
    more = page.more && page.events.length > 0;
  }
  if (!head && read === 0) throw await app.runs.absent(tenant, run);
  const { events, findings, erased } = verifier.end(head);
  return { run, events, findings, head: head ?? null, ...(erased.length > 0 ? { erased } : {}) };
}

/** What the audit log knows of erasures in a run: digests of what is left, by sequence number. */
async function erasuresOf(app: App, tenant: string, run: string): Promise<ReadonlyMap<number, Digest>> {
  const found = new Map<number, Digest>();
  const records = app.records.forTenant(tenant);
  // Ids of erasures begin with the run's: behind a slash come those of this run, and then those of others.
  for (let after = `${run}/`; ; ) {
    const rows = await records.list('erasure', { after, limit: erasuresAtATime });
    for (const row of rows) {
      if (row.run !== run) return found;
      found.set(row.seq, row.remains);
      after = recordIds.erasure(row.run, row.seq);
    }
    if (rows.length < erasuresAtATime) return found;
  }
}

const erasuresAtATime = 100;
