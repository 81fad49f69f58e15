import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { agentRoutes } from './routes.ts';

export const publishVersion = (api: Pick<Api, 'publishAgent'>) =>
  endpoint(agentRoutes.publishVersion, async ({ caller, params, body }) => ({
    data: await api.publishAgent(caller, { agent: params.agent, ...body }),
  }));
