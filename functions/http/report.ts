import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import type { Api } from './use-cases.ts';

export const report = (api: Api) =>
  endpoint(routes.report, async ({ ticket, body }) => ({ data: await api.report(ticket, body) }));
