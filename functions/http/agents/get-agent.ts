import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { agentRoutes } from './routes.ts';

export const getAgent = (api: Pick<Api, 'getAgent'>) =>
  endpoint(agentRoutes.getAgent, async ({ caller, params }) => ({
    data: await api.getAgent(caller, params.agent),
  }));
