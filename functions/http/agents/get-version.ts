import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { agentRoutes } from './routes.ts';

export const getVersion = (api: Pick<Api, 'getVersion'>) =>
  endpoint(agentRoutes.getVersion, async ({ caller, params }) => ({
    data: await api.getVersion(caller, params.agent, params.version),
  }));
