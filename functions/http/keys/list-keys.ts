import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { keyRoutes } from './routes.ts';

export const listKeys = (api: Pick<Api, 'listKeys'>) =>
  endpoint(keyRoutes.listKeys, async ({ caller, query }) => ({ data: await api.listKeys(caller, query) }));
