import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { agentRoutes } from './routes.ts';

export const getAlias = (api: Pick<Api, 'getAlias'>) =>
  endpoint(agentRoutes.getAlias, async ({ caller, params }) => ({
    data: await api.getAlias(caller, params.agent, params.alias),
  }));
