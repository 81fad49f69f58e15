import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { runRoutes } from './routes.ts';

export const listRuns = (api: Pick<Api, 'listRuns'>) =>
  endpoint(runRoutes.listRuns, async ({ caller, query }) => ({ data: await api.listRuns(caller, query) }));
