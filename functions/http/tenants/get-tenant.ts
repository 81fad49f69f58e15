import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { tenantRoutes } from './routes.ts';

export const getTenant = (api: Pick<Api, 'getTenant'>) =>
  endpoint(tenantRoutes.getTenant, async ({ caller, params }) => ({
    data: await api.getTenant(caller, params.tenant),
  }));
