import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { tenantRoutes } from './routes.ts';

export const listTenants = (api: Pick<Api, 'listTenants'>) =>
  endpoint(tenantRoutes.listTenants, async ({ caller, query }) => ({
    data: await api.listTenants(caller, query),
  }));
