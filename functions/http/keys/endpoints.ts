import type { Api } from '../../../shared/application/api.ts';
import type { EndpointsOf } from '../endpoint.ts';
import { createKey } from './create-key.ts';
import { getKey } from './get-key.ts';
import { listKeys } from './list-keys.ts';
import { revokeKey } from './revoke-key.ts';
import type { keyRoutes } from './routes.ts';

export const keyEndpoints = (api: Api): EndpointsOf<typeof keyRoutes> => ({
  createKey: createKey(api),
  listKeys: listKeys(api),
  getKey: getKey(api),
  revokeKey: revokeKey(api),
});
