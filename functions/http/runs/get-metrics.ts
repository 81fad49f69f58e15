import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { runRoutes } from './routes.ts';

export const getMetrics = (api: Pick<Api, 'runMetrics'>) =>
  endpoint(runRoutes.getMetrics, async ({ caller, params }) => ({
    data: await api.runMetrics(caller, params.run),
  }));
