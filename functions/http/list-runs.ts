import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import type { Api } from './use-cases.ts';

export const listRuns = (api: Api) =>
  endpoint(routes.listRuns, async ({ caller, query }) => ({ data: await api.listRuns(caller, query) }));
