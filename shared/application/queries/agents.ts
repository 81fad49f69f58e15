import { defaultVersion } from '../../domain/audit/default-version.ts';
import { type AgentVersion, type Alias, recordIds } from '../../domain/audit/records.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { AgentView } from '../api/agents.ts';
import type { App } from '../app.ts';

export function listAgents(app: App, { tenant }: Principal): Promise<readonly AgentVersion[]> {
  return app.agents.forTenant(tenant).list();
}

export async function getAgent(app: App, { tenant }: Principal, agent: string): Promise<AgentView> {
  const versions = await app.agents.forTenant(tenant).versions(agent);
  const latest = defaultVersion(versions);
  if (!latest) throw noSuchAgent(agent);
  return { agent, latest, versions, aliases: await aliasesOf(app, tenant, agent) };
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

/** By name; throws `resource.not-found` when there is no such agent. */
export async function listAliases(app: App, { tenant }: Principal, agent: string): Promise<readonly Alias[]> {
  if (!(await app.agents.forTenant(tenant).get(agent))) throw noSuchAgent(agent);
  return aliasesOf(app, tenant, agent);
}

export async function getAlias(
  app: App,
  { tenant }: Principal,
  agent: string,
  alias: string,
): Promise<Alias> {
  const found = await app.records.forTenant(tenant).get('alias', recordIds.alias(agent, alias));
  if (found) return found;
  throw new TandemError('resource.not-found', { message: `The agent ${agent} has no alias ${alias}` });
}

async function aliasesOf(app: App, tenant: string, agent: string): Promise<readonly Alias[]> {
  const all = await app.records.forTenant(tenant).list('alias');
  return all.filter((one) => one.agent === agent);
}

function noSuchAgent(agent: string): TandemError {
  return new TandemError('resource.not-found', { message: `There is no agent ${agent}` });
}
