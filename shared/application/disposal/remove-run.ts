import type { Digest } from '../../domain/content.ts';
import type { RunState } from '../../domain/state.ts';
import type { EndedRun } from '../../ports/disposal.ts';
import type { App } from '../app.ts';
import { eachEvent } from '../runs/each-event.ts';
import { blobsOf } from './blobs-of.ts';

/** Blobs noted in one commit. */
const notedAtATime = 1_000;

/**
 * Removes an ended run for good. Its blobs are noted first, then the audit log says what is about to go, then it goes: cut
 * off anywhere, it is done again from the start, and said once.
 */
export async function removeRun(app: App, { tenant, run }: EndedRun): Promise<void> {
  const records = app.records.forTenant(tenant);
  const isSaid = async () => (await records.get('removed', run)) !== undefined;
  // Once that is said, the log may be half gone, and its blobs are noted.
  if (!(await isSaid())) {
    await noteBlobs(app, tenant, run);
    const state = await app.runs.find(tenant, run);
    if (state?.end) await say(app, state, isSaid);
  }
  await app.disposal.forTenant(tenant).remove(run);
  await app.engine.forget(run);
}

async function say(app: App, state: RunState, isSaid: () => Promise<boolean>): Promise<void> {
  const { tenant, run, agent, seq, hash, end } = state;
  const payload = { run, agent, endedAt: end?.at ?? state.at, seq, hash };
  await app.audit.update(tenant, async () =>
    (await isSaid()) ? [] : [{ type: 'run.removed', by: 'system', payload }],
  );
}

async function noteBlobs(app: App, tenant: string, run: string): Promise<void> {
  const disposal = app.disposal.forTenant(tenant);
  const folders = new Set<Digest>();
  const isNew = (folder: Digest): boolean => !folders.has(folder) && folders.add(folder).has(folder);
  const named = new Set<Digest>();
  for await (const { event } of eachEvent(app.log, tenant, run)) {
    for await (const digest of blobsOf(app.blobs.forTenant(tenant), event, isNew)) named.add(digest);
    if (named.size < notedAtATime) continue;
    await disposal.noteUnnamed([...named]);
    named.clear();
  }
  await disposal.noteUnnamed([...named]);
}
