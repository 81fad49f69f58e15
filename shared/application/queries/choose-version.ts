import { defaultAlias, drawVersion } from '../../domain/alias-share.ts';
import { type AgentVersion, type Alias, recordIds } from '../../domain/audit/records.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import { aliasName } from '../../protocol/primitives.ts';
import type { App } from '../app.ts';
import { holds } from '../roles.ts';

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

/** Who asks: what it needs to know of a caller. */
interface Chooser extends Pick<Principal, 'tenant' | 'roles'> {
  /** What has the same key stays with the same version of an alias' two: a session, or else a run. */
  readonly key: string;
}

/**
 * The version that answers a start: the one that is named, that an alias stands for, or, when nothing is named, that of
 * the alias `live` if the agent has it and else the one published last, trials aside. Throws
 * `resource.not-found`, and `auth.forbidden` when the version asks for a role that the caller lacks.
 */
export async function chooseVersion(
  app: Pick<App, 'agents' | 'records'>,
  chooser: Chooser,
  { agent, version }: Wanted,
): Promise<ChosenVersion> {
  const { tenant, key } = chooser;
  const agents = app.agents.forTenant(tenant);
  const named = version ?? defaultAlias;
  const alias = aliasName().safeParse(named).success ? await aliasOf(app, tenant, agent, named) : undefined;
  const found = await agents.get(agent, alias ? drawVersion(alias, key) : version);
  if (!found) throw noSuchVersion(agent, version);
  assertRole(chooser, found);
  return alias ? { version: found, alias: alias.alias } : { version: found };
}

function assertRole({ roles }: Chooser, { agent, number, roleRequired }: AgentVersion): void {
  if (roleRequired === undefined || holds({ roles }, roleRequired)) return;
  throw new TandemError('auth.forbidden', {
    message: `The agent ${agent} ${number} needs the role ${roleRequired} of who starts it`,
    details: { role: roleRequired, roles, agent },
  });
}

function noSuchVersion(agent: string, version: string | undefined): TandemError {
  const wanted = version === undefined ? agent : `${agent}@${version}`;
  return new TandemError('resource.not-found', {
    message: `There is no agent ${wanted}`,
    details: { agent },
  });
}

function aliasOf(
  { records }: Pick<App, 'records'>,
  tenant: string,
  agent: string,
  alias: string,
): Promise<Alias | undefined> {
  return records.forTenant(tenant).get('alias', recordIds.alias(agent, alias));
}
