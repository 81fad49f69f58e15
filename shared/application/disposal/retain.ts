import type { EndedRun } from '../../ports/disposal.ts';
import { type App, isoNow } from '../app.ts';
import { removeRun } from './remove-run.ts';

/** Runs that are looked for at once. */
const batch = 50;

const dayMs = 24 * 3_600_000;

/**
 * Removes every run whose time is over, by its own word or its tenant's; answers how many. Found by their end, never by
 * looking at all. It begins with no run after `until` (milliseconds since the epoch): the next call goes on there.
 */
export async function removeExpired(app: App, until = Number.POSITIVE_INFINITY): Promise<number> {
  let removed = await removeAll(app, until, () => app.disposal.expired(isoNow(app), batch));
  for (let after = ''; ; ) {
    const retentions = await app.records.all('retention', { after, limit: batch });
    for (const { tenant, days } of retentions) {
      const before = new Date(app.clock.now() - days * dayMs).toISOString();
      removed += await removeAll(app, until, () => app.disposal.forTenant(tenant).ended(before, batch));
    }
    after = retentions.at(-1)?.tenant ?? after;
    if (retentions.length < batch) return removed;
  }
}

async function removeAll(app: App, until: number, next: () => Promise<readonly EndedRun[]>): Promise<number> {
  for (let removed = 0; ; ) {
    const runs = await next();
    for (const run of runs) {
      if (app.clock.now() > until) return removed;
      await removeRun(app, run);
      removed += 1;
    }
    if (runs.length < batch) return removed;
  }
}
