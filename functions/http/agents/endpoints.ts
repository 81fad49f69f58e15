import type { Api } from '../../../shared/application/api.ts';
import type { EndpointsOf } from '../endpoint.ts';
import { getAgent } from './get-agent.ts';
import { getAlias } from './get-alias.ts';
import { getVersion } from './get-version.ts';
import { listAgents } from './list-agents.ts';
import { listAliases } from './list-aliases.ts';
import { publishVersion } from './publish-version.ts';
import { removeAlias } from './remove-alias.ts';
import type { agentRoutes } from './routes.ts';
import { setAlias } from './set-alias.ts';

export const agentEndpoints = (api: Api): EndpointsOf<typeof agentRoutes> => ({
  publishVersion: publishVersion(api),
  listAgents: listAgents(api),
  getAgent: getAgent(api),
  getVersion: getVersion(api),
  setAlias: setAlias(api),
  listAliases: listAliases(api),
  getAlias: getAlias(api),
  removeAlias: removeAlias(api),
});
