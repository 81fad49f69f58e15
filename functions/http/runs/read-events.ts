import type { Api } from '../../../shared/application/api.ts';
import { wireLimits } from '../../../shared/protocol/limits.ts';
import { endpoint } from '../endpoint.ts';
import { waiting } from '../wait.ts';
import { runRoutes } from './routes.ts';

export const readEvents = (api: Pick<Api, 'readEvents'>) =>
  endpoint(runRoutes.readEvents, async (call) => {
    const { caller, params } = call;
    const { after = 0, limit = wireLimits.pageEvents } = call.query;
    const data = await waiting(call, (waitMs) =>
      api.readEvents(caller, params.run, { after, limit, waitMs }),
    );
    return { data };
  });
