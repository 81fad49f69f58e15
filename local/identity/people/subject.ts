import { platformTenant, type Role } from '../../../shared/domain/audit/records.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { isTenant, knownRoles } from '../../../shared/identity/principals.ts';

/** Whom tokens of an account or a client stand for. */
export interface Subject {
  readonly name: string;
  /** None for who stands outside the tenants. */
  readonly tenant: string | undefined;
  readonly roles: readonly Role[];
}

const namePattern = /^[a-z0-9][a-z0-9._@+-]{0,63}$/;

/** Names that stand for something else. */
const reserved: ReadonlySet<string> = new Set([
  'anonymous',
  'cli',
  'shared-secret',
  'tandem',
  'tandem-cli',
  platformTenant,
]);

/** Throws `request.invalid`, saying what is wrong, for what could not be in a token. */
export function assertSubject({ name, tenant, roles }: Subject): void {
  if (!namePattern.test(name)) {
    throw invalid('A name has 1 to 64 lower-case letters, digits and . _ @ + -', 'name');
  }
  if (reserved.has(name)) throw invalid(`The name ${name} is reserved`, 'name');
  if (roles.length === 0 || !roles.every((role) => knownRoles.has(role))) {
    throw invalid('A role is user, operator, admin or platform', 'role');
  }
  if (roles.includes('platform')) {
    if (roles.length > 1 || tenant !== undefined) {
      throw invalid('Who has the role platform stands outside the tenants: no tenant, no other role', 'role');
    }
  } else if (!isTenant(tenant) || tenant === platformTenant) {
    throw invalid('A tenant has 1 to 63 lower-case letters, digits and hyphens', 'tenant');
  }
}

function invalid(message: string, path: string): TandemError {
  return new TandemError('request.invalid', { message, details: { issues: [{ path, expected: message }] } });
}

/** Claims of the tokens of a subject. */
export const claimsOf = ({ tenant, roles }: Subject) => ({ ...(tenant !== undefined && { tenant }), roles });
