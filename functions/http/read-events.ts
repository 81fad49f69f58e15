import type { Api } from '../../shared/application/api.ts';
import { wireLimits } from '../../shared/protocol/limits.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { waiting } from './wait.ts';

export const readEvents = (api: Api) =>
  endpoint(routes.readEvents, async (call) => {
    const { caller, params } = call;
    const { after = 0, limit = wireLimits.pageEvents } = call.query;
    const data = await waiting(call, (waitMs) =>
      api.readEvents(caller, params.run, { after, limit, waitMs }),
    );
    return { data };
  });
