import type { Api } from '../../../shared/application/api.ts';
import type { EndpointsOf } from '../endpoint.ts';
import { getArtifact } from './get-artifact.ts';
import { listArtifacts } from './list-artifacts.ts';
import type { artifactRoutes } from './routes.ts';

export const artifactEndpoints = (api: Api): EndpointsOf<typeof artifactRoutes> => ({
  listArtifacts: listArtifacts(api),
  getArtifact: getArtifact(api),
});
