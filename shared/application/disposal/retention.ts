import type { Principal } from '../../ports/identity.ts';
import type { App } from '../app.ts';

/** How long runs are kept that say nothing of it themselves. */
export interface RetentionView {
  /** Days after a run's end; `null`: for ever. */
  readonly days: number | null;
  readonly setAt?: string;
  readonly setBy?: string;
}

export async function getRetention(
  { records }: Pick<App, 'records'>,
  { tenant }: Principal,
): Promise<RetentionView> {
  const found = await records.forTenant(tenant).get('retention', tenant);
  if (!found) return { days: null };
  const { tenant: _, ...view } = found;
  return view;
}

/** The same again is no change. */
export async function setRetention(app: App, caller: Principal, days: number | null): Promise<RetentionView> {
  await app.audit.update(caller.tenant, async () => {
    if ((await getRetention(app, caller)).days === days) return [];
    const payload = days === null ? {} : { days };
    return [{ type: 'retention.set', by: `user:${caller.subject}`, payload }];
  });
  return getRetention(app, caller);
}
