import type { Api } from '../../../shared/application/api.ts';
import type { EndpointsOf } from '../endpoint.ts';
import { erasePayload } from './erase-payload.ts';
import { getRetention } from './get-retention.ts';
import type { retentionRoutes } from './routes.ts';
import { setRetention } from './set-retention.ts';

export const retentionEndpoints = (api: Api): EndpointsOf<typeof retentionRoutes> => ({
  getRetention: getRetention(api),
  setRetention: setRetention(api),
  erasePayload: erasePayload(api),
});
