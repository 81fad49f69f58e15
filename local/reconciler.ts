import type { App } from '../shared/application/app.ts';
import { settleTenants } from '../shared/application/tenants/settle.ts';
import { reconcileDue } from '../shared/application/upkeep/reconcile.ts';
import type { Logger } from '../shared/logging/logger.ts';

/** How often the reconciler looks, in milliseconds. */
const everyMs = 5_000;

/**
 * How far ahead it looks at boot, in milliseconds: the process that was to move these runs is gone. When the journal of
 * the engine is gone as well, it looks at every run, and none is checked later than in an hour.
 */
const bootAheadMs = { usual: 120_000, engineLost: 3_660_000 } as const;

/** Runs the reconciler at boot and on a short schedule (rule 11); returns how to end that. */
export function scheduleReconciler(app: App, log: Logger, boot: keyof typeof bootAheadMs): () => void {
  let callOff = (): void => {};
  let stopped = false;
  let ahead: number = bootAheadMs[boot];
  const look = async (): Promise<void> => {
    try {
      await settleTenants(app);
      const began = app.metrics?.elapsed() ?? 0;
      const runs = await reconcileDue(app, new Date(app.clock.now() + ahead).toISOString());
      app.metrics?.looked(runs, app.metrics.elapsed() - began);
      // Not before: a look at boot that failed half-way has not seen every run yet.
      ahead = 0;
    } catch (error) {
      // Every run has been seen then, though some could not be looked at.
      if (error instanceof AggregateError) ahead = 0;
      if (!stopped) log.error('The reconciler failed; it will try again', { error });
    }
    if (!stopped) callOff = app.clock.at(app.clock.now() + everyMs, () => void look());
  };
  void look();
  return () => {
    stopped = true;
    callOff();
  };
}
