import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { retentionRoutes } from './routes.ts';

export const setRetention = (api: Pick<Api, 'setRetention'>) =>
  endpoint(retentionRoutes.setRetention, async ({ caller, body }) => ({
    data: await api.setRetention(caller, body.days),
  }));
