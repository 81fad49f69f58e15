import type { Api } from '../../shared/application/api.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const getAgent = (api: Api) =>
  endpoint(routes.getAgent, async ({ caller, params }) => ({
    data: await api.getAgent(caller, params.agent),
  }));
