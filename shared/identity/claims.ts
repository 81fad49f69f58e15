import { platformTenant, type Role } from '../domain/audit/records.ts';
import type { Principal } from '../ports/identity.ts';
import { isKeySubject } from './key-subject.ts';
import { isTenant, knownRoles, stringsOf } from './principals.ts';

/** What a token says, beyond what the JWT library checks. */
export interface Claims {
  readonly [name: string]: unknown;
}

/** How an issuer tells tenant and roles. Ours says `tenant` and `roles`. */
export interface ClaimNames {
  /** The claim that names the tenant, or the one tenant that all its tokens are for. */
  readonly tenant: { readonly claim: string } | { readonly always: string };
  /** The claim that lists roles: texts, or one text with blanks between. */
  readonly roles: string;
  /** What its names of roles mean here; without it they are ours. */
  readonly roleNames?: Readonly<Record<string, Role>>;
}

export const ownClaimNames: ClaimNames = { tenant: { claim: 'tenant' }, roles: 'roles' };

/** What is wrong with a token's claims, in words that complete "The token …"; `undefined` when nothing is. */
export function claimFault(claims: Claims, audiences: readonly string[]): string | undefined {
  if (!isFor(audiences, claims)) return 'is meant for another audience';
  if (!Number.isFinite(claims['exp'])) return 'never expires';
  const { sub } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > 256) return 'names no subject';
  if (isKeySubject(sub)) return 'names a subject that only an API key can have';
  return undefined;
}

/**
 * Whom claims without a fault stand for; `undefined` when they name no tenant. Roles that nobody knows are left out.
 * Whoever is nothing but `platform` stands outside the tenants and needs none.
 */
export function principalOf(claims: Claims, names: ClaimNames): Principal | undefined {
  const roles = rolesOf(claims, names);
  const named = 'always' in names.tenant ? names.tenant.always : claimOf(claims, names.tenant.claim);
  const isPlatform = roles.length === 1 && roles[0] === 'platform';
  const tenant = named === undefined && isPlatform ? platformTenant : named;
  if (!isTenant(tenant) || (tenant === platformTenant && !isPlatform)) return undefined;
  return Object.freeze({ tenant, subject: claims['sub'] as string, roles: Object.freeze(roles) });
}

function rolesOf(claims: Claims, { roles, roleNames }: ClaimNames): Role[] {
  const listed = stringsOf(claimOf(claims, roles));
  if (roleNames === undefined) return listed.filter((role): role is Role => knownRoles.has(role));
  return [
    ...new Set(listed.flatMap((role) => (Object.hasOwn(roleNames, role) ? [roleNames[role] as Role] : []))),
  ];
}

/** The claim of this name; else what a path with dots leads to, as in `realm_access.roles`. */
function claimOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((at, part) => {
    const isThere = typeof at === 'object' && at !== null && Object.hasOwn(at, part);
    return isThere ? (at as Claims)[part] : undefined;
  }, claims);
}

/** Access tokens of Cognito name their client instead of an audience. */
function isFor(audiences: readonly string[], { aud, client_id: client }: Claims): boolean {
  const named: readonly unknown[] = [aud ?? client].flat();
  return audiences.some((audience) => named.includes(audience));
}
