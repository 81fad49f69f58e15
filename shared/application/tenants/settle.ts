import type { Tenant } from '../../domain/audit/records.ts';
import type { App } from '../app.ts';
import { wake } from '../executions/wake.ts';
import { ensureChildren } from '../steps/children.ts';
import { abide } from './abide.ts';

/** Runs brought into line at the same time: they share commits. */
const batch = 50;

/** Goes on with every tenant whose runs are not all in line with its status yet. */
export async function settleTenants(app: App): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await app.records.all('unsettled', { after, limit: batch });
    for (const { tenant } of rows) await settleTenant(app, tenant);
    after = rows.at(-1)?.tenant ?? after;
    if (rows.length < batch) return;
  }
}

/**
 * Pauses every run of a tenant that was suspended, or resumes those of one that is active again. What a crash cuts off is
 * done by the next call: the tenant counts as unsettled until its log says that all is done.
 */
export async function settleTenant(app: App, tenant: string): Promise<void> {
  const records = app.records.forTenant(tenant);
  const unsettled = await records.get('unsettled', tenant);
  if (!unsettled) return;
  const { status } = unsettled;
  const runs = await settleRuns(app, tenant, status);
  await app.audit.update(tenant, async () => {
    const now = await records.get('unsettled', tenant);
    if (now?.event !== unsettled.event) return [];
    return [{ type: 'tenant.settled', by: 'system', payload: { status, runs } }];
  });
}

/** Answers how many runs were paused or resumed. */
async function settleRuns(app: App, tenant: string, status: Tenant['status']): Promise<number> {
  const projections = app.projections.forTenant(tenant);
  let settled = 0;
  for (let after = ''; ; ) {
    const runs = await projections.unended(after, batch);
    const changed = await Promise.all(runs.map((run) => settleRun(app, { tenant, run, status })));
    settled += changed.filter((isChanged) => isChanged).length;
    after = runs.at(-1) ?? after;
    if (runs.length < batch) return settled;
  }
}

interface Which {
  readonly tenant: string;
  readonly run: string;
  readonly status: Tenant['status'];
}

async function settleRun(app: App, { tenant, run, status }: Which): Promise<boolean> {
  const before = await app.runs.load(tenant, run);
  // Nobody was to be called while the tenant was suspended; once the run goes on, nothing would remind of it.
  if (status === 'active') await ensureChildren(app, before);
  const after = await abide(app, before);
  if (after.suspended === before.suspended) return false;
  await wake(app, after);
  return true;
}
