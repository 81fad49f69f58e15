import type { Context } from 'aws-lambda';
import { removeExpired } from '../../shared/application/disposal/retain.ts';
import { beginSweep, finishSweep } from '../../shared/application/disposal/sweep.ts';
import type { Wire, Wired } from '../wired.ts';

/** What a function needs at its end, in milliseconds: a run with a long log, or a sweep that was begun. */
const partingMs = 120_000;

/** A sweep reads the logs of a tenant, so it is made only so often, in minutes; the function is called more often. */
const sweepEvery = 360;
const calledEvery = 10;

/** How long deliveries are kept that are done, in milliseconds. */
const keptMs = 30 * 24 * 3_600_000;

/** A call by schedule, with its time (ISO); anybody else's may ask for a sweep. */
export interface UpkeepEvent {
  readonly time?: string;
  readonly sweep?: boolean;
}

/** Removes what has outlived its time: runs, deliveries, and blobs that nothing names. What is left is for the next call. */
export function upkeepFunction(wire: Wire): (event: UpkeepEvent, context: Context) => Promise<void> {
  return async (event, context) => {
    const wired = await wire();
    const { app, log } = wired;
    const until = app.clock.now() + context.getRemainingTimeInMillis() - partingMs;
    const runs = await removeExpired(app, until);
    if (runs > 0) log.info('Runs were removed whose time was over', { runs });
    const before = new Date(app.clock.now() - keptMs).toISOString();
    while (app.clock.now() < until && (await app.outbox.prune(before)) > 0);
    if (isSweepTime(event)) await sweep(wired, until);
    await app.disposal.settle();
  };
}

function isSweepTime({ time, sweep: wanted = false }: UpkeepEvent): boolean {
  if (time === undefined) return wanted;
  return Math.floor(Date.parse(time) / 60_000) % sweepEvery < calledEvery;
}

/**
 * Begun and finished at once: whoever else stores blobs is in another process, which no watch here sees. The store keeps
 * what anybody has stored, or relied on, within a day, and that is longer than from storing to naming.
 */
async function sweep({ app, log }: Wired, until: number): Promise<void> {
  for (const tenant of await app.disposal.tenantsWithUnnamed()) {
    if (app.clock.now() > until) return;
    const begun = await beginSweep(app, tenant);
    const blobs = begun ? await finishSweep(app, begun) : 0;
    if (blobs > 0) log.info('Blobs were removed that nothing names', { tenant, blobs });
  }
}
