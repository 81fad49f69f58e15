import type { AgentVersion } from '../../domain/audit/records.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { AgentView } from '../api/agents.ts';
import type { App } from '../app.ts';

export function listAgents(app: App, { tenant }: Principal): Promise<readonly AgentVersion[]> {
  return app.agents.forTenant(tenant).list();
}

export async function getAgent(app: App, { tenant }: Principal, agent: string): Promise<AgentView> {
  const versions = await app.agents.forTenant(tenant).versions(agent);
  const [latest] = versions;
  if (!latest) throw new TandemError('resource.not-found', { message: `There is no agent ${agent}` });
  return { agent, latest, versions };
}

export async function getVersion(
  app: App,
  { tenant }: Principal,
  agent: string,
  version: string,
): Promise<AgentVersion> {
  const found = await app.agents.forTenant(tenant).get(agent, version);
  if (found) return found;
  throw new TandemError('resource.not-found', {
    message: `There is no version ${version} of the agent ${agent}`,
  });
}
