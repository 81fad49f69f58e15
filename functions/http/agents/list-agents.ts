import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { agentRoutes } from './routes.ts';

export const listAgents = (api: Pick<Api, 'listAgents'>) =>
  endpoint(agentRoutes.listAgents, async ({ caller }) => ({ data: { items: await api.listAgents(caller) } }));
