import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { runRoutes } from './routes.ts';

export const getMetrics = (api: Api) =>
  endpoint(runRoutes.getMetrics, async ({ caller, params }) => ({
    data: await api.runMetrics(caller, params.run),
  }));
