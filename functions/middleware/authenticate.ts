import { holds } from '../../shared/application/roles.ts';
import type { Role } from '../../shared/domain/audit/records.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Identity, Principal, RequestHeaders } from '../../shared/ports/identity.ts';

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

/** Who calls. `header`: Authorization, if there is one. */
export async function authenticate(
  identity: Identity,
  header: string | undefined,
  headers: RequestHeaders,
): Promise<Principal> {
  if (identity.recognise === undefined || /^bearer ./i.test(header ?? '')) {
    return identity.verify(credentialOf(header, 'Bearer'), headers);
  }
  const principal = await identity.recognise(headers);
  if (principal === undefined) throw new TandemError('auth.missing');
  return principal;
}

/** Throws `auth.forbidden` unless the caller's roles reach the one that the route needs. */
export function assertHolds(principal: Principal, needed: Role): void {
  if (holds(principal, needed)) return;
  throw new TandemError('auth.forbidden', {
    message: `This needs the role ${needed}`,
    details: { role: needed, roles: principal.roles },
  });
}
