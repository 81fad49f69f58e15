import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { keyRoutes } from './routes.ts';

export const getKey = (api: Pick<Api, 'getKey'>) =>
  endpoint(keyRoutes.getKey, async ({ caller, params }) => ({ data: await api.getKey(caller, params.key) }));
