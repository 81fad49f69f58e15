import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { keyRoutes } from './routes.ts';

export const revokeKey = (api: Pick<Api, 'revokeKey'>) =>
  endpoint(keyRoutes.revokeKey, async ({ caller, params, body }) => ({
    data: await api.revokeKey(caller, params.key, body),
  }));
