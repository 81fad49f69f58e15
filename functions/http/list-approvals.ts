import type { Api } from '../../shared/application/api.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const listApprovals = (api: Api) =>
  endpoint(routes.listApprovals, async ({ caller, query }) => ({
    data: await api.listApprovals(caller, query),
  }));
