import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { agentRoutes } from './routes.ts';

export const removeAlias = (api: Pick<Api, 'removeAlias'>) =>
  endpoint(agentRoutes.removeAlias, async ({ caller, params }) => ({
    data: await api.removeAlias(caller, params.agent, params.alias),
  }));
