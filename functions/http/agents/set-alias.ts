import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { agentRoutes } from './routes.ts';

export const setAlias = (api: Pick<Api, 'setAlias'>) =>
  endpoint(agentRoutes.setAlias, async ({ caller, params, body }) => ({
    data: await api.setAlias(caller, { ...params, ...body }),
  }));
