import type { Tenant } from '../../domain/audit/records.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Page, PageRequest } from '../../ports/projections.ts';
import type { Why } from './runs.ts';

/** For who stands outside the tenants. */
export interface TenantUseCases {
  createTenant(caller: Principal, tenant: NewTenant): Promise<Tenant>;
  /** In the order of their names. */
  listTenants(caller: Principal, page: PageRequest): Promise<Page<Tenant>>;
  getTenant(caller: Principal, tenant: string): Promise<Tenant>;
  suspendTenant(caller: Principal, tenant: string, why: Why): Promise<Tenant>;
  resumeTenant(caller: Principal, tenant: string, why: Why): Promise<Tenant>;
}

export interface NewTenant {
  readonly tenant: string;
  /** What people call it. */
  readonly name?: string;
}
