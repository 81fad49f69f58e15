import { TandemError } from '../../errors/tandem-error.ts';
import { isSameHash } from '../erasure.ts';
import type { EventOf } from '../events.ts';
import type { ApprovalDecision, PendingApproval, RunState } from '../state.ts';

type DecisionEvent = EventOf<'approval.approved' | 'approval.denied' | 'approval.expired'>;

export function requestApproval(state: RunState, event: EventOf<'approval.requested'>): Partial<RunState> {
  const { operation, hash, approval } = event.payload;
  const open = state.open[operation];
  if (!open || !isSameHash(open.hash, hash) || state.approvals[operation]) {
    throw new TandemError('log.illegal', {
      message: `${approval} is not bound to an open operation of ${state.run}`,
    });
  }
  return withApproval(state, operation, { requested: event.payload, requestedAt: event.at });
}

/** Records the one decision: bound to the operation's hash, in time, never a second one (rule 7). */
export function applyApproval(
  state: RunState,
  event: DecisionEvent,
  kind: ApprovalDecision['kind'],
): Partial<RunState> {
  const { operation, approval, hash } = event.payload;
  const pending = state.approvals[operation];
  const details = { run: state.run, approval };
  if (!pending || pending.decision) {
    throw new TandemError('approval.decided', {
      details: { ...details, decision: pending?.decision?.kind ?? 'settled' },
    });
  }
  if (pending.requested.approval !== approval || !isSameHash(pending.requested.hash, hash)) {
    throw new TandemError('log.illegal', {
      message: `The decision is not bound to ${approval} as requested`,
      details,
    });
  }
  const late = event.at >= pending.requested.expiresAt;
  if (kind !== 'expired' && late) throw new TandemError('approval.expired', { details });
  if (kind === 'expired' && !late)
    throw new TandemError('log.illegal', { message: `${approval} has not expired yet`, details });
  const reason = 'reason' in event.payload ? event.payload.reason : undefined;
  const decision: ApprovalDecision = {
    kind,
    by: event.by,
    at: event.at,
    ...(reason === undefined ? {} : { reason }),
  };
  return withApproval(state, operation, { ...pending, decision });
}

function withApproval(state: RunState, operation: number, approval: PendingApproval): Partial<RunState> {
  return { approvals: { ...state.approvals, [operation]: approval } };
}
