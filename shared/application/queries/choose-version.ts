import { defaultAlias, drawVersion } from '../../domain/alias-share.ts';
import { type AgentVersion, type Alias, recordIds } from '../../domain/audit/records.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import { aliasName } from '../../protocol/primitives.ts';
import type { App } from '../app.ts';

/** What a start or a call asks for. */
interface Wanted {
  readonly agent: string;
  /** Number, digest or alias. */
  readonly version?: string;
}

/** The exact version, and the alias that led to it. */
export interface ChosenVersion {
  readonly version: AgentVersion;
  readonly alias?: string;
}

/**
 * The version that answers a start: the one that is named, that an alias stands for, or, when nothing is named, that of
 * the alias `live` if the agent has it and else the one published last. `key` decides about an alias' share: what has the
 * same key stays with the same version. Throws `resource.not-found`.
 */
export async function chooseVersion(
  app: Pick<App, 'agents' | 'records'>,
  tenant: string,
  { agent, version }: Wanted,
  key: string,
): Promise<ChosenVersion> {
  const agents = app.agents.forTenant(tenant);
  const named = version ?? defaultAlias;
  const alias = aliasName.safeParse(named).success ? await aliasOf(app, tenant, agent, named) : undefined;
  const found = await agents.get(agent, alias ? drawVersion(alias, key) : version);
  if (found) return alias ? { version: found, alias: alias.alias } : { version: found };
  const wanted = version === undefined ? agent : `${agent}@${version}`;
  throw new TandemError('resource.not-found', { message: `There is no agent ${wanted}`, details: { agent } });
}

function aliasOf(
  { records }: Pick<App, 'records'>,
  tenant: string,
  agent: string,
  alias: string,
): Promise<Alias | undefined> {
  return records.forTenant(tenant).get('alias', recordIds.alias(agent, alias));
}
