import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { tenantRoutes } from './routes.ts';

export const suspendTenant = (api: Pick<Api, 'suspendTenant'>) =>
  endpoint(tenantRoutes.suspendTenant, async ({ caller, params, body }) => ({
    data: await api.suspendTenant(caller, params.tenant, body),
  }));

export const resumeTenant = (api: Pick<Api, 'resumeTenant'>) =>
  endpoint(tenantRoutes.resumeTenant, async ({ caller, params, body }) => ({
    data: await api.resumeTenant(caller, params.tenant, body),
  }));
