import type { Role } from '../domain/audit/records.ts';

/** Tenants stand in keys and paths: letters, digits and hyphens only, at most 63. */
const tenantPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

export const knownRoles: ReadonlySet<string> = new Set<Role>(['user', 'operator', 'admin', 'platform']);

export function isTenant(name: unknown): name is string {
  return typeof name === 'string' && tenantPattern.test(name);
}

/** The texts of a list, or of one text with blanks between. */
export function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(' ');
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
