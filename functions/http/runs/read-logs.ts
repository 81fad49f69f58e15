import type { Api } from '../../../shared/application/api.ts';
import { wireLimits } from '../../../shared/protocol/limits.ts';
import { endpoint } from '../endpoint.ts';
import { runRoutes } from './routes.ts';

export const readLogs = (api: Pick<Api, 'runLogs'>) =>
  endpoint(runRoutes.readLogs, async ({ caller, params, query }) => {
    const { after = 0, limit = wireLimits.pageItems } = query;
    return { data: await api.runLogs(caller, params.run, { after, limit }) };
  });
