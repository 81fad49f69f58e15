import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { runRoutes } from './routes.ts';

export const verifyRun = (api: Pick<Api, 'verifyRun'>) =>
  endpoint(runRoutes.verifyRun, async ({ caller, params }) => ({
    data: await api.verifyRun(caller, params.run),
  }));
