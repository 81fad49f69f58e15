import { holds } from '../../shared/application/roles.ts';
import type { Role } from '../../shared/domain/audit/records.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Identity, Principal } from '../../shared/ports/identity.ts';

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
