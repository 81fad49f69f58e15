import type { Digest } from '../../domain/content.ts';
import type { RunEvent } from '../../domain/events.ts';
import { upcast } from '../../domain/upcast.ts';
import type { App } from '../app.ts';
import { blobsOf } from './blobs-of.ts';
import type { BlobWatch } from './watched-blobs.ts';

/** Blobs looked after in one sweep. */
const most = 20_000;

/**
 * How long a sweep waits between its watch and its look, in milliseconds: longer than from storing a blob to the event that
 * names it, also where a step in between takes its full time.
 */
export const sweepGraceMs = 20 * 60_000;

/** A sweep that waits for its grace to be over. */
export interface Sweep {
  readonly tenant: string;
  readonly blobs: readonly Digest[];
  readonly watch: BlobWatch;
  /** When it may look, in milliseconds since the epoch. */
  readonly at: number;
}

/** Begins to watch blobs that perhaps nothing names; `undefined` when a tenant has none. */
export async function beginSweep(app: App, tenant: string): Promise<Sweep | undefined> {
  const blobs = await app.disposal.forTenant(tenant).unnamed(most);
  if (blobs.length === 0) return undefined;
  return { tenant, blobs, watch: app.watched.watch(tenant, blobs), at: app.clock.now() + sweepGraceMs };
}

/**
 * Removes those that nothing names: no log, no version of an agent, nobody who has stored them since the watch began and
 * may be about to name them. Answers how many.
 */
export async function finishSweep(app: App, { tenant, blobs, watch }: Sweep): Promise<number> {
  using _ = watch;
  const unnamed = new Set(blobs);
  await keepNamed(app, tenant, unnamed);
  let removed = 0;
  const later = new Set<Digest>();
  for (const digest of unnamed) {
    if (await app.blobs.forTenant(tenant).remove(digest, () => watch.isTouched(digest))) removed += 1;
    else if (!watch.isTouched(digest)) later.add(digest);
  }
  // Also those that were stored again: whatever names them notes them when it goes. Those that the store does not let go
  // yet, since another process may be about to name them, are looked at in the next sweep.
  await app.disposal.forTenant(tenant).forgetUnnamed(blobs.filter((digest) => !later.has(digest)));
  return removed;
}

/** Takes out of a set what is named anywhere. */
async function keepNamed(app: App, tenant: string, unnamed: Set<Digest>): Promise<void> {
  const agents = app.agents.forTenant(tenant);
  for (const { agent } of await agents.list()) {
    for (const { bundle } of await agents.versions(agent)) unnamed.delete(bundle);
  }
  const folders = new Set<Digest>();
  const isNew = (folder: Digest): boolean => !folders.has(folder) && folders.add(folder).has(folder);
  const blobs = app.blobs.forTenant(tenant);
  for await (const found of app.log.allRuns()) {
    if (unnamed.size === 0) return;
    if (found.tenant !== tenant) continue;
    for await (const event of eventsOf(app, found)) {
      for await (const digest of blobsOf(blobs, event, isNew)) unnamed.delete(digest);
    }
  }
}

/** Also of a log that does not fold: what it names stays. */
async function* eventsOf(
  app: App,
  { tenant, run }: { readonly tenant: string; readonly run: string },
): AsyncGenerator<RunEvent> {
  const log = app.log.forTenant(tenant);
  for (let after = 0, more = true; more; ) {
    const page = await log.read(run, after);
    for (const event of page.events) yield upcast(event);
    after = page.events.at(-1)?.seq ?? after;
    more = page.more;
  }
}
