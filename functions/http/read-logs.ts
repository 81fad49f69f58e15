import type { Api } from '../../shared/application/api.ts';
import { wireLimits } from '../../shared/protocol/limits.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const readLogs = (api: Api) =>
  endpoint(routes.readLogs, async ({ caller, params, query }) => {
    const { after = 0, limit = wireLimits.pageItems } = query;
    return { data: await api.runLogs(caller, params.run, { after, limit }) };
  });
