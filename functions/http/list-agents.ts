import type { Api } from '../../shared/application/api.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const listAgents = (api: Api) =>
  endpoint(routes.listAgents, async ({ caller }) => ({ data: { items: await api.listAgents(caller) } }));
