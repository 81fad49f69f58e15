import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { waiting } from '../wait.ts';
import { runRoutes } from './routes.ts';

export const getRun = (api: Pick<Api, 'getRun' | 'waitForEnd'>) =>
  endpoint(runRoutes.getRun, async (call) => {
    const { caller, params, query } = call;
    const data =
      query.wait === undefined
        ? await api.getRun(caller, params.run)
        : await waiting(call, (waitMs) => api.waitForEnd(caller, params.run, waitMs));
    return { data };
  });
