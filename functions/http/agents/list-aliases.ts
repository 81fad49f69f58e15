import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { agentRoutes } from './routes.ts';

export const listAliases = (api: Pick<Api, 'listAliases'>) =>
  endpoint(agentRoutes.listAliases, async ({ caller, params }) => ({
    data: { items: await api.listAliases(caller, params.agent) },
  }));
