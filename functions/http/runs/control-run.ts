import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { runRoutes } from './routes.ts';

export const cancelRun = (api: Pick<Api, 'cancelRun'>) =>
  endpoint(runRoutes.cancelRun, async ({ caller, params, body }) => ({
    data: await api.cancelRun(caller, params.run, body),
  }));

export const pauseRun = (api: Pick<Api, 'pauseRun'>) =>
  endpoint(runRoutes.pauseRun, async ({ caller, params, body }) => ({
    data: await api.pauseRun(caller, params.run, body),
  }));

export const resumeRun = (api: Pick<Api, 'resumeRun'>) =>
  endpoint(runRoutes.resumeRun, async ({ caller, params, body }) => ({
    data: await api.resumeRun(caller, params.run, body),
  }));
