import type { EventDraft } from '../../domain/events.ts';
import type { ApprovalRow } from '../../domain/projections.ts';
import type { RunState } from '../../domain/state.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Decision } from '../api.ts';
import { type App, isoNow } from '../app.ts';
import { getApproval } from '../queries/approvals.ts';
import { wake } from '../upkeep/wake.ts';

/**
 * Decides an approval, once, bound to the operation as it was requested. Throws `approval.decided`, `approval.expired`
 * (and records the expiry), `run.ended`, and `auth.forbidden` when the approval asks for a role the caller lacks.
 */
export async function decideApproval(
  app: App,
  caller: Principal,
  approval: string,
  decision: Decision,
): Promise<ApprovalRow> {
  const row = await getApproval(app, caller, approval);
  assertRole(caller, row);
  const state = await app.runs.update(caller.tenant, row.run, (now) => {
    assertOpen(now, row);
    return [decisionDraft(app, caller, row, decision)];
  });
  await wake(app, state);
  const { expired } = decisionOf(state, row);
  if (expired) throw new TandemError('approval.expired', { details: { approval, expiresAt: row.expiresAt } });
  return getApproval(app, caller, approval);
}

function assertRole({ roles }: Principal, { role }: ApprovalRow): void {
  const held: readonly string[] = roles;
  if (role === undefined || held.includes(role) || held.includes('admin')) return;
  throw new TandemError('auth.forbidden', {
    message: `This approval asks for the role ${role}`,
    details: { role },
  });
}

function assertOpen(state: RunState, { approval, operation, run }: ApprovalRow): void {
  const pending = state.approvals[operation];
  const decision = pending?.decision?.kind;
  if (decision === 'expired') throw new TandemError('approval.expired', { details: { approval } });
  if (decision) throw new TandemError('approval.decided', { details: { approval, decision } });
  if (state.end) throw new TandemError('run.ended', { details: { run, status: state.end.status } });
  if (!pending) throw new TandemError('approval.decided', { details: { approval } });
}

/** The decision; or, when it comes too late, the expiry that nobody had recorded yet (rule 9). */
function decisionDraft(
  app: App,
  caller: Principal,
  row: ApprovalRow,
  { decision, reason }: Decision,
): EventDraft {
  const { approval, operation, hash } = row;
  const bound = { approval, operation, hash };
  if (isoNow(app) >= row.expiresAt) return { type: 'approval.expired', by: 'system', payload: bound };
  const payload = reason === undefined ? bound : { ...bound, reason };
  return { type: `approval.${decision}`, by: `user:${caller.subject}`, payload };
}

function decisionOf(state: RunState, { operation }: ApprovalRow): { expired: boolean } {
  return { expired: state.approvals[operation]?.decision?.kind === 'expired' };
}
