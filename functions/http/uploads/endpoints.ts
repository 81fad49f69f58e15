import type { Api } from '../../../shared/application/api.ts';
import type { EndpointsOf } from '../endpoint.ts';
import { createUpload } from './create-upload.ts';
import type { uploadRoutes } from './routes.ts';

export const uploadEndpoints = (api: Api): EndpointsOf<typeof uploadRoutes> => ({
  createUpload: createUpload(api),
});
