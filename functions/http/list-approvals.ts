import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import type { Api } from './use-cases.ts';

export const listApprovals = (api: Api) =>
  endpoint(routes.listApprovals, async ({ caller, query }) => ({
    data: await api.listApprovals(caller, query),
  }));
