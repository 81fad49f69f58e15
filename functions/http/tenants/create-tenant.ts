import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { tenantRoutes } from './routes.ts';

export const createTenant = (api: Pick<Api, 'createTenant'>) =>
  endpoint(tenantRoutes.createTenant, async ({ caller, body }) => ({
    data: await api.createTenant(caller, body),
    headers: { location: `/v1/tenants/${body.tenant}` },
  }));
