import type { Api } from '../../shared/application/api.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const getMetrics = (api: Api) =>
  endpoint(routes.getMetrics, async ({ caller, params }) => ({
    data: await api.runMetrics(caller, params.run),
  }));
