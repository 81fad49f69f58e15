import type { Api } from '../../../shared/application/api.ts';
import type { EndpointsOf } from '../endpoint.ts';
import { resumeTenant, suspendTenant } from './control-tenant.ts';
import { createTenant } from './create-tenant.ts';
import { getTenant } from './get-tenant.ts';
import { listTenants } from './list-tenants.ts';
import type { tenantRoutes } from './routes.ts';

export const tenantEndpoints = (api: Api): EndpointsOf<typeof tenantRoutes> => ({
  createTenant: createTenant(api),
  listTenants: listTenants(api),
  getTenant: getTenant(api),
  suspendTenant: suspendTenant(api),
  resumeTenant: resumeTenant(api),
});
