import { TestTwin } from '../../local/testing/test-twin.ts';
import { isoNow } from '../../shared/application/app.ts';
import { removeExpired } from '../../shared/application/disposal/retain.ts';
import { settleTenants } from '../../shared/application/tenants/settle.ts';
import { reconcileScheduled } from '../../shared/application/upkeep/reconcile.ts';
import { deliverDue } from '../../shared/application/webhooks/round.ts';
import type { Counts } from './counts.ts';
import { CountingMeter } from './meter.ts';

/** What is called by schedule, by the name of its function, as it finds nothing to do. */
const rounds: Readonly<Record<string, (twin: TestTwin) => Promise<unknown>>> = {
  reconcile: async ({ app }) => {
    await settleTenants(app);
    await reconcileScheduled(app, isoNow(app));
  },
  courier: ({ app }) => deliverDue(app, { until: app.clock.now() + 60_000, failed: () => {} }),
  upkeep: async ({ app }) => {
    await removeExpired(app);
    await app.outbox.prune(isoNow(app));
    await app.disposal.settle();
  },
};

/** What one call of a function costs that is called by schedule and has nothing to do, counted. */
export async function countIdle(name: string): Promise<Counts> {
  const round = rounds[name];
  if (round === undefined) throw new Error(`Nobody knows what ${name} does when there is nothing to do.`);
  const meter = new CountingMeter();
  const twin = new TestTwin({
    now: Date.parse('2026-01-01T00:00:00.000Z'),
    command: () => () => Promise.reject(new Error('No command runs')),
    meter,
  });
  try {
    for (let rehearsal = 0; rehearsal < 20; rehearsal += 1) await meter.invoke(name, () => round(twin));
    await meter.take();
    await meter.invoke(name, () => round(twin));
    return await meter.take();
  } finally {
    twin.close();
  }
}
