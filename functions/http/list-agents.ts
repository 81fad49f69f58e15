import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import type { Api } from './use-cases.ts';

export const listAgents = (api: Api) =>
  endpoint(routes.listAgents, async ({ caller }) => ({ data: { items: await api.listAgents(caller) } }));
