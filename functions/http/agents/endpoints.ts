import type { Api } from '../../../shared/application/api.ts';
import type { EndpointsOf } from '../endpoint.ts';
import { getAgent } from './get-agent.ts';
import { getVersion } from './get-version.ts';
import { listAgents } from './list-agents.ts';
import { publishVersion } from './publish-version.ts';
import type { agentRoutes } from './routes.ts';

export const agentEndpoints = (api: Api): EndpointsOf<typeof agentRoutes> => ({
  publishVersion: publishVersion(api),
  listAgents: listAgents(api),
  getAgent: getAgent(api),
  getVersion: getVersion(api),
});
