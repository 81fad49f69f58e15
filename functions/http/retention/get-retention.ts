import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { retentionRoutes } from './routes.ts';

export const getRetention = (api: Pick<Api, 'getRetention'>) =>
  endpoint(retentionRoutes.getRetention, async ({ caller }) => ({ data: await api.getRetention(caller) }));
