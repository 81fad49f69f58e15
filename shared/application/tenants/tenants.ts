import type { AuditPayloads } from '../../domain/audit/events.ts';
import { platformTenant, type Tenant } from '../../domain/audit/records.ts';
import type { Actor } from '../../domain/events.ts';
import { limits } from '../../domain/limits.ts';
import { decodeCursor, encodeCursor } from '../../domain/paging.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Page, PageRequest } from '../../ports/projections.ts';
import type { Why } from '../api/runs.ts';
import type { NewTenant } from '../api/tenants.ts';
import type { App } from '../app.ts';
import { settleTenant } from './settle.ts';

/** Registers a tenant. The same again is no change; throws `tenant.conflict` for one of another display name. */
export async function createTenant(app: App, by: Actor, { tenant, name }: NewTenant): Promise<Tenant> {
  const named = name === undefined ? {} : { name };
  const isMissing = async () => {
    const known = await app.records.find('tenant', tenant);
    if (known && name !== undefined && known.name !== name) throw conflict(known);
    return !known;
  };
  await order(app, by, { tenant, order: 'create', ...named }, isMissing);
  await app.audit.update(tenant, async () =>
    (await isMissing()) ? [{ type: 'tenant.created', by, payload: named }] : [],
  );
  return findTenant(app, tenant);
}

/** Stops a tenant: its requests are refused from now on, its runs pause one after the other. */
export function suspendTenant(app: App, by: Actor, tenant: string, why: Why): Promise<Tenant> {
  return change(app, by, { tenant, order: 'suspend', ...why }, 'suspended');
}

/** Lets a suspended tenant go on: also those of its runs that the suspension has paused, and no others. */
export function resumeTenant(app: App, by: Actor, tenant: string, why: Why): Promise<Tenant> {
  return change(app, by, { tenant, order: 'resume', ...why }, 'active');
}

/** Throws `resource.not-found`. */
export async function findTenant({ records }: Pick<App, 'records'>, tenant: string): Promise<Tenant> {
  const found = await records.find('tenant', tenant);
  if (found) return found;
  const message = `There is no tenant ${tenant}`;
  throw new TandemError('resource.not-found', { message, details: { tenant } });
}

/** In the order of their names. */
export async function listTenants(
  { records }: Pick<App, 'records'>,
  { limit = limits.pageRows, cursor }: PageRequest,
): Promise<Page<Tenant>> {
  const [after = ''] = cursor === undefined ? [] : decodeCursor(cursor, 1);
  const rows = await records.all('tenant', { after, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last ? { items, cursor: encodeCursor([last.tenant]) } : { items };
}

/** How who stands outside the tenants is called in their logs. */
export const platformActor = ({ subject }: Principal): Actor => `platform:${subject}`;

type Order = AuditPayloads['tenant.ordered'];

async function change(app: App, by: Actor, ordered: Order, status: Tenant['status']): Promise<Tenant> {
  const { tenant, reason } = ordered;
  const isOther = async () => (await findTenant(app, tenant)).status !== status;
  await order(app, by, ordered, isOther);
  const type = status === 'suspended' ? 'tenant.suspended' : 'tenant.resumed';
  const payload = reason === undefined ? {} : { reason };
  await app.audit.update(tenant, async () => ((await isOther()) ? [{ type, by, payload }] : []));
  await app.background.run(() => settleTenant(app, tenant));
  return findTenant(app, tenant);
}

/** Before anything happens to a tenant, the log of the platform says who wants it. */
async function order(app: App, by: Actor, payload: Order, isNeeded: () => Promise<boolean>): Promise<void> {
  await app.audit.update(platformTenant, async () =>
    (await isNeeded()) ? [{ type: 'tenant.ordered', by, payload }] : [],
  );
}

function conflict({ tenant, name }: Tenant): TandemError {
  const called = name === undefined ? 'without a display name' : `as ${name}`;
  return new TandemError('tenant.conflict', {
    message: `The tenant ${tenant} exists ${called}`,
    details: { tenant },
  });
}
