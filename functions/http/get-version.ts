import type { Api } from '../../shared/application/api.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const getVersion = (api: Api) =>
  endpoint(routes.getVersion, async ({ caller, params }) => ({
    data: await api.getVersion(caller, params.agent, params.version),
  }));
