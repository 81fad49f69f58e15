import type { Role } from '../domain/audit/records.ts';
import type { Principal } from '../ports/identity.ts';

/** Tenants stand in keys and paths: letters, digits and hyphens only, at most 63. */
const tenantPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

const knownRoles: ReadonlySet<string> = new Set<Role>(['user', 'operator', 'admin', 'platform']);

/** What a token says, beyond what the JWT library checks. */
export interface Claims {
  readonly [name: string]: unknown;
}

/** What is wrong with a token's claims, in words that complete "The token …"; `undefined` when nothing is. */
export function claimFault(claims: Claims, audience: string): string | undefined {
  if (!isFor(audience, claims)) return 'is meant for another audience';
  if (!Number.isFinite(claims['exp'])) return 'never expires';
  const { sub, tenant } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > 256) return 'names no subject';
  if (typeof tenant !== 'string' || !tenantPattern.test(tenant)) return 'names no tenant';
  return undefined;
}

/** The principal of a token whose claims have no fault. Roles that nobody knows are left out. */
export function principalOf(claims: Claims): Principal {
  const { roles: listed } = claims;
  const named: unknown = typeof listed === 'string' ? listed.split(' ') : listed;
  return Object.freeze({
    tenant: claims['tenant'] as string,
    subject: claims['sub'] as string,
    roles: Object.freeze(
      Array.isArray(named) ? named.filter((role): role is Role => knownRoles.has(role)) : [],
    ),
  });
}

/** Access tokens of Cognito name their client instead of an audience. */
function isFor(audience: string, { aud, client_id: client }: Claims): boolean {
  if (aud === undefined) return client === audience;
  return Array.isArray(aud) ? aud.includes(audience) : aud === audience;
}
