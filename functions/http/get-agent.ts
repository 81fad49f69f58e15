import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import type { Api } from './use-cases.ts';

export const getAgent = (api: Api) =>
  endpoint(routes.getAgent, async ({ caller, params }) => ({
    data: await api.getAgent(caller, params.agent),
  }));
