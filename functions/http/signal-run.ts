import type { Api } from '../../shared/application/api.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const signalRun = (api: Api) =>
  endpoint(routes.signalRun, async ({ caller, params, body }) => ({
    data: await api.signalRun(caller, params.run, { name: body.name, payload: body.payload ?? null }),
  }));
