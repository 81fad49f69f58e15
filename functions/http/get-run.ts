import type { Api } from '../../shared/application/api.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { waiting } from './wait.ts';

export const getRun = (api: Api) =>
  endpoint(routes.getRun, async (call) => {
    const { caller, params, query } = call;
    const data =
      query.wait === undefined
        ? await api.getRun(caller, params.run)
        : await waiting(call, (waitMs) => api.waitForEnd(caller, params.run, waitMs));
    return { data };
  });
