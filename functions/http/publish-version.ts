import type { Api } from '../../shared/application/api.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const publishVersion = (api: Api) =>
  endpoint(routes.publishVersion, async ({ caller, params, body }) => ({
    data: await api.publishAgent(caller, { agent: params.agent, ...body }),
  }));
