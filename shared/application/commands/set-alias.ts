import { type Alias, type AliasShare, recordIds } from '../../domain/audit/records.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { AliasSetting } from '../api/agents.ts';
import type { App } from '../app.ts';
import { getAlias, getVersion } from '../queries/agents.ts';

/** Points an alias at a version, and a share of its runs at another one. Setting it to what it is is no change. */
export async function setAlias(app: App, caller: Principal, setting: AliasSetting): Promise<Alias> {
  const { tenant, subject } = caller;
  const { agent, alias } = setting;
  const { digest: version, number } = await getVersion(app, caller, agent, setting.version);
  const share = await shareOf(app, caller, setting, version);
  const wanted = { agent, alias, version, number, ...(share ? { share } : {}) };
  const records = app.records.forTenant(tenant);
  const id = recordIds.alias(agent, alias);
  await app.audit.update(tenant, async () => {
    const now = await records.get('alias', id);
    if (now && isSame(now, wanted)) return [];
    return [{ type: 'alias.set', by: `user:${subject}`, payload: wanted }];
  });
  return getAlias(app, caller, agent, alias);
}

/** Removes an alias: runs that have begun by it keep their version. Throws `resource.not-found`. */
export async function removeAlias(app: App, caller: Principal, agent: string, alias: string): Promise<Alias> {
  let removed: Alias | undefined;
  await app.audit.update(caller.tenant, async () => {
    removed = await getAlias(app, caller, agent, alias);
    return [{ type: 'alias.removed', by: `user:${caller.subject}`, payload: { agent, alias } }];
  });
  return removed as Alias;
}

async function shareOf(
  app: App,
  caller: Principal,
  { agent, share }: AliasSetting,
  version: string,
): Promise<AliasShare | undefined> {
  if (!share) return undefined;
  const { digest, number } = await getVersion(app, caller, agent, share.version);
  if (digest !== version) return { version: digest, number, percent: share.percent };
  throw new TandemError('request.invalid', {
    message: 'body.share.version: expected another version than that of the alias',
    details: { issues: [{ path: 'body.share.version', expected: 'another version than that of the alias' }] },
  });
}

type Pointer = Pick<Alias, 'version' | 'share'>;

function isSame(one: Pointer, other: Pointer): boolean {
  return (
    one.version === other.version &&
    one.share?.version === other.share?.version &&
    one.share?.percent === other.share?.percent
  );
}
