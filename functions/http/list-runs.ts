import type { Api } from '../../shared/application/api.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const listRuns = (api: Api) =>
  endpoint(routes.listRuns, async ({ caller, query }) => ({ data: await api.listRuns(caller, query) }));
