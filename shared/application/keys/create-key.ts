import type { ApiKey } from '../../domain/audit/records.ts';
import { canonicalJson, sha256 } from '../../domain/canonical.ts';
import type { Digest } from '../../domain/content.ts';
import { keyText, secretDigest, secretOf } from '../../domain/keys/key-text.ts';
import { limits } from '../../domain/limits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { CreatedKey, NewKey } from '../api/keys.ts';
import type { App } from '../app.ts';
import { holds } from '../roles.ts';
import { getKey } from './keys.ts';

/**
 * Makes an API key. Its secret is in the answer and nowhere else: under an `Idempotency-Key` that has made one already it
 * cannot be told again, which is `key.told`. Throws `auth.forbidden` for a role that the caller lacks and for a key that
 * would outlive the key that makes it, `request.invalid`, and `limit.exceeded`.
 */
export async function createKey(app: App, caller: Principal, wanted: NewKey): Promise<CreatedKey> {
  const { tenant, subject } = caller;
  const { name, expiresAt } = wanted;
  assertRoles(caller, wanted);
  if (expiresAt !== undefined) assertAhead(app, expiresAt);
  const request = requestOf(caller, wanted);
  const id = app.ids.ulid();
  const secret = secretOf(app.ids.hex(32));
  const payload = {
    key: id,
    name,
    secretDigest: secretDigest(secret),
    roles: [...new Set(wanted.roles)],
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(request === undefined ? {} : { request }),
  };
  const records = app.records.forTenant(tenant);
  await app.audit.update(tenant, async () => {
    const keys = await records.list('key');
    assertNotTold(keys, request);
    assertRoom(app, keys);
    assertNotOutliving(keys, caller, expiresAt);
    return [{ type: 'key.created', by: `user:${subject}`, payload }];
  });
  return { ...(await getKey(app, caller, id)), secret: keyText({ id, secret }) };
}

function assertRoles(caller: Principal, { roles }: NewKey): void {
  for (const role of roles) {
    if (role !== 'platform' && holds(caller, role)) continue;
    const message =
      role === 'platform'
        ? 'A key belongs to a tenant, and the role platform stands outside them'
        : `A key can have no role that its maker lacks: ${role}`;
    throw new TandemError('auth.forbidden', { message, details: { role, roles: caller.roles } });
  }
}

function assertAhead(app: App, expiresAt: string): void {
  if (Date.parse(expiresAt) > app.clock.now()) return;
  throw new TandemError('request.invalid', {
    message: 'body.expiresAt: expected a time that is still to come',
    details: { issues: [{ path: 'body.expiresAt', expected: 'a time that is still to come' }] },
  });
}

/** Names a request under an `Idempotency-Key`: the key alone is the client's, and not for others to see. */
function requestOf({ subject }: Principal, { idempotency }: NewKey): Digest | undefined {
  return idempotency && sha256(canonicalJson(['createKey', subject, idempotency.key]));
}

function assertNotTold(keys: readonly ApiKey[], request: Digest | undefined): void {
  const made = request && keys.find((key) => key.request === request);
  if (!made) return;
  const message = `The key ${made.key} was made under this Idempotency-Key, and its secret is told only once`;
  throw new TandemError('key.told', { message, details: { key: made.key } });
}

function assertRoom(app: App, keys: readonly ApiKey[]): void {
  const now = app.clock.now();
  const good = keys.filter(
    ({ revokedAt, expiresAt }) => !revokedAt && (expiresAt === undefined || Date.parse(expiresAt) > now),
  );
  if (good.length < limits.tenantKeys) return;
  const message = `The tenant has ${limits.tenantKeys} API keys; revoke what is no longer used`;
  throw new TandemError('limit.exceeded', { message, details: { limit: limits.tenantKeys } });
}

/** Else whoever has found a key for a day could make themselves one for ever. */
function assertNotOutliving(
  keys: readonly ApiKey[],
  { subject }: Principal,
  expiresAt: string | undefined,
): void {
  const end = keys.find(({ key }) => subject === `key:${key}`)?.expiresAt;
  if (end === undefined) return;
  if (expiresAt !== undefined && Date.parse(expiresAt) <= Date.parse(end)) return;
  const message = `A key that is made with a key ends no later than that: at ${end}`;
  throw new TandemError('auth.forbidden', { message, details: { expiresAt: end } });
}
