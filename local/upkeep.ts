import type { App } from '../shared/application/app.ts';
import { removeExpired } from '../shared/application/disposal/retain.ts';
import { beginSweep, finishSweep, type Sweep } from '../shared/application/disposal/sweep.ts';
import type { Logger } from '../shared/logging/logger.ts';

/** How often it looks, and for the first time, in milliseconds. */
const pace = { everyMs: 10 * 60_000, firstMs: 60_000 } as const;

export interface UpkeepOptions {
  readonly app: App;
  readonly log: Logger;
  /** Keeps blobs from being copied while some are removed; `undefined` while somebody copies them. */
  readonly holdBlobs: () => { release(): void } | undefined;
}

/** Removes what has outlived its time: runs, and blobs that nothing names. Returns how to end that. */
export function scheduleUpkeep(options: UpkeepOptions): () => void {
  const { app, log } = options;
  const sweeps = new Map<string, Sweep>();
  let stopped = false;
  let callOff = app.clock.at(app.clock.now() + pace.firstMs, () => void look());
  const look = async (): Promise<void> => {
    try {
      await upkeep(options, sweeps);
    } catch (error) {
      if (!stopped)
        log.error('What has outlived its time could not be removed; it is tried again', { error });
    }
    if (!stopped) callOff = app.clock.at(app.clock.now() + pace.everyMs, () => void look());
  };
  return () => {
    stopped = true;
    callOff();
  };
}

async function upkeep(options: UpkeepOptions, sweeps: Map<string, Sweep>): Promise<void> {
  const { app, log } = options;
  const runs = await removeExpired(app);
  if (runs > 0) log.info('Runs were removed whose time was over', { runs });
  await sweep(options, sweeps);
  await app.disposal.settle();
}

async function sweep({ app, log, holdBlobs }: UpkeepOptions, sweeps: Map<string, Sweep>): Promise<void> {
  for (const [tenant, begun] of sweeps) {
    if (begun.at > app.clock.now()) continue;
    const held = holdBlobs();
    if (!held) return;
    try {
      sweeps.delete(tenant);
      const blobs = await finishSweep(app, begun);
      if (blobs > 0) log.info('Blobs were removed that nothing names', { tenant, blobs });
    } finally {
      held.release();
    }
  }
  for (const tenant of await app.disposal.tenantsWithUnnamed()) {
    if (sweeps.has(tenant)) continue;
    const begun = await beginSweep(app, tenant);
    if (begun) sweeps.set(tenant, begun);
  }
}
