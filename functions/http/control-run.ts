import type { Api } from '../../shared/application/api.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const cancelRun = (api: Api) =>
  endpoint(routes.cancelRun, async ({ caller, params, body }) => ({
    data: await api.cancelRun(caller, params.run, body),
  }));

export const pauseRun = (api: Api) =>
  endpoint(routes.pauseRun, async ({ caller, params, body }) => ({
    data: await api.pauseRun(caller, params.run, body),
  }));

export const resumeRun = (api: Api) =>
  endpoint(routes.resumeRun, async ({ caller, params, body }) => ({
    data: await api.resumeRun(caller, params.run, body),
  }));
