import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { workerRoutes } from './routes.ts';

export const report = (api: Pick<Api, 'report'>) =>
  endpoint(workerRoutes.report, async ({ ticket, body }) => ({ data: await api.report(ticket, body) }));
