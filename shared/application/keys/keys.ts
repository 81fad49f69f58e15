import type { ApiKey } from '../../domain/audit/records.ts';
import { limits } from '../../domain/limits.ts';
import { decodeCursor, encodeCursor } from '../../domain/paging.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Page, PageRequest } from '../../ports/projections.ts';
import type { KeyView } from '../api/keys.ts';
import type { Why } from '../api/runs.ts';
import type { App } from '../app.ts';

/** In the order they were made. */
export async function listKeys(
  { records }: Pick<App, 'records'>,
  { tenant }: Principal,
  { limit = limits.pageRows, cursor }: PageRequest,
): Promise<Page<KeyView>> {
  const [after = ''] = cursor === undefined ? [] : decodeCursor(cursor, 1);
  const rows = await records.forTenant(tenant).list('key', { after, limit: limit + 1 });
  const items = rows.slice(0, limit).map(keyView);
  const last = items.at(-1);
  return rows.length > limit && last ? { items, cursor: encodeCursor([last.key]) } : { items };
}

export async function getKey(app: Pick<App, 'records'>, caller: Principal, key: string): Promise<KeyView> {
  return keyView(await findKey(app, caller, key));
}

/** Takes a key out of use, for good. */
export async function revokeKey(app: App, caller: Principal, key: string, { reason }: Why): Promise<KeyView> {
  const payload = reason === undefined ? { key } : { key, reason };
  await app.audit.update(caller.tenant, async () => {
    const { revokedAt } = await findKey(app, caller, key);
    return revokedAt === undefined ? [{ type: 'key.revoked', by: `user:${caller.subject}`, payload }] : [];
  });
  return getKey(app, caller, key);
}

/** What is shown of a key: nothing that a secret could be held against. */
export function keyView({ secretDigest: _, request: __, ...view }: ApiKey): KeyView {
  return view;
}

async function findKey(
  { records }: Pick<App, 'records'>,
  { tenant }: Principal,
  key: string,
): Promise<ApiKey> {
  const found = await records.forTenant(tenant).get('key', key);
  if (found) return found;
  throw new TandemError('resource.not-found', { message: `There is no API key ${key}`, details: { key } });
}
