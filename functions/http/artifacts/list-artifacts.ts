import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { artifactRoutes } from './routes.ts';

export const listArtifacts = (api: Pick<Api, 'listArtifacts'>) =>
  endpoint(artifactRoutes.listArtifacts, async ({ caller, params }) => ({
    data: { items: await api.listArtifacts(caller, params.run) },
  }));
