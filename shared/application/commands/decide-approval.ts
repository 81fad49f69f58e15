import type { Role } from '../../domain/audit/records.ts';
import type { EventDraft } from '../../domain/events.ts';
import type { ApprovalRow } from '../../domain/projections.ts';
import type { RunState } from '../../domain/state.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Decision } from '../api/approvals.ts';
import { type App, isoNow } from '../app.ts';
import { wake } from '../executions/wake.ts';
import { getApproval } from '../queries/approvals.ts';
import { holds } from '../roles.ts';

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
  const asked = await getApproval(app, caller, approval);
  assertRole(caller, asked);
  let mine = false;
  const state = await app.runs.update(caller.tenant, asked.run, (now) => {
    mine = isOpen(now, asked);
    return mine ? [decisionDraft(app, caller, asked, decision)] : [];
  });
  if (mine) await wake(app, state);
  const row = await getApproval(app, caller, approval);
  if (mine && row.status !== 'expired') return row;
  throw refusal(row, state);
}

function assertRole(caller: Principal, { role }: ApprovalRow): void {
  // Requests name one of the roles: that is checked when they are recorded.
  if (role === undefined || holds(caller, role as Role)) return;
  throw new TandemError('auth.forbidden', {
    message: `This approval asks for the role ${role}`,
    details: { role },
  });
}

function isOpen(state: RunState, { operation }: ApprovalRow): boolean {
  const pending = state.approvals[operation];
  return !state.end && pending !== undefined && pending.decision === undefined;
}

/** Why an approval cannot be decided; its row knows that when the run has long gone on. */
function refusal({ approval, status, run, expiresAt }: ApprovalRow, { end }: RunState): TandemError {
  if (status === 'expired') return new TandemError('approval.expired', { details: { approval, expiresAt } });
  if (status === 'void') return new TandemError('run.ended', { details: { run, status: end?.status } });
  const message = `The approval has already been ${status}`;
  return new TandemError('approval.decided', { message, details: { approval, decision: status } });
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
