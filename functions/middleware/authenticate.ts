import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Identity, Principal, Role } from '../../shared/ports/identity.ts';

/** The credential in an `Authorization` header of one scheme; throws `auth.missing`. */
export function credentialOf(header: string | undefined, scheme: 'Bearer' | 'Ticket'): string {
  if (header === undefined || header === '') {
    throw new TandemError('auth.missing', {
      message: `The request carries no Authorization header; ${scheme} <credential> is expected`,
    });
  }
  const credential = header.slice(scheme.length + 1);
  if (header.slice(0, scheme.length + 1).toLowerCase() !== `${scheme.toLowerCase()} ` || credential === '') {
    throw new TandemError('auth.missing', {
      message: `The Authorization header is not of the scheme ${scheme}`,
    });
  }
  return credential;
}

/** Who calls, if the token is good and its roles reach the one that the route needs. */
export async function authenticate(
  identity: Identity,
  header: string | undefined,
  needed: Role,
): Promise<Principal> {
  const principal = await identity.verify(credentialOf(header, 'Bearer'));
  if (!holds(principal, needed)) {
    throw new TandemError('auth.forbidden', {
      message: `This needs the role ${needed}`,
      details: { role: needed, roles: principal.roles },
    });
  }
  return principal;
}

/** `platform` is outside the tenants: it is no higher than the others and includes none of them. */
const rank = { user: 1, operator: 2, admin: 3, platform: 0 } as const;

/** Whether a principal's roles reach `needed`: each role includes those below it. */
export function holds(principal: Principal, needed: Role): boolean {
  if (needed === 'platform') return principal.roles.includes('platform');
  return principal.roles.some((role) => rank[role] >= rank[needed]);
}
