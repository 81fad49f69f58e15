import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { artifactRoutes } from './routes.ts';

export const getArtifact = (api: Pick<Api, 'artifactUrl'>) =>
  endpoint(artifactRoutes.getArtifact, async ({ caller, params }) => {
    const url = await api.artifactUrl(caller, params.run, params.name);
    return { data: { url }, headers: { location: url } };
  });
