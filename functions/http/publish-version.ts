import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import type { Api } from './use-cases.ts';

export const publishVersion = (api: Api) =>
  endpoint(routes.publishVersion, async ({ caller, params, body }) => ({
    data: await api.publishAgent(caller, { agent: params.agent, ...body }),
  }));
