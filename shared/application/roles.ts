import type { Role } from '../domain/audit/records.ts';
import type { RunState } from '../domain/state.ts';
import type { Principal } from '../ports/identity.ts';

/** `platform` is outside the tenants: it is no higher than the others and includes none of them. */
const rank = { user: 1, operator: 2, admin: 3, platform: 0 } as const;

/** Whether a principal's roles reach `needed`: each role includes those below it. */
export function holds(principal: Pick<Principal, 'roles'>, needed: Role): boolean {
  if (needed === 'platform') return principal.roles.includes('platform');
  return principal.roles.some((role) => rank[role] >= rank[needed]);
}

/**
 * What a run may do: what the one who started it could, at that time. A run that calls another hands its roles on, so that
 * nobody reaches through an agent what they may not start themselves. Logs that don't say count as the least.
 */
export function rolesOf({ roles }: Pick<RunState, 'roles'>): readonly Role[] {
  return roles ?? ['user'];
}
