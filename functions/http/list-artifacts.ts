import type { Api } from '../../shared/application/api.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const listArtifacts = (api: Api) =>
  endpoint(routes.listArtifacts, async ({ caller, params }) => ({
    data: { items: await api.listArtifacts(caller, params.run) },
  }));
