import { platformTenant } from '../../domain/audit/records.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Ports } from '../ports.ts';

/**
 * Whether a caller's tenant is served: every request asks, right after it is known who calls. Throws `tenant.unknown` or
 * `tenant.suspended`. Who stands outside the tenants is nothing but `platform`.
 */
export async function assertServed(
  { records }: Pick<Ports, 'records'>,
  { tenant, roles }: Pick<Principal, 'tenant' | 'roles'>,
): Promise<void> {
  if (tenant === platformTenant && roles.every((role) => role === 'platform')) return;
  const found = tenant === platformTenant ? undefined : await records.find('tenant', tenant);
  if (found?.status === 'active') return;
  const details = { tenant };
  if (!found) throw new TandemError('tenant.unknown', { message: `There is no tenant ${tenant}`, details });
  const why = found.reason === undefined ? '' : `: ${found.reason}`;
  throw new TandemError('tenant.suspended', { message: `The tenant ${tenant} is suspended${why}`, details });
}

/** Whether nothing of the tenant may go on. */
export async function isSuspended({ records }: Pick<Ports, 'records'>, tenant: string): Promise<boolean> {
  return (await records.find('tenant', tenant))?.status === 'suspended';
}
