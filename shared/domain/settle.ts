import type { EventDraft, EventPayloads } from './events.ts';
import type { Json } from './json.ts';
import type { OperationArguments } from './operations.ts';
import type { ApprovalDecision, OpenOperation, RunState } from './state.ts';

/**
 * The outcomes of awaited operations that decisions, signals and the clock have settled, in the order the operations
 * were issued: a group of events for each, which belong together. Derived, so a crash before they are appended costs nothing: they are derived again. `now` is ISO time.
 */
export function settle(state: RunState, now: string): EventDraft[][] {
  const taken = new Set<number>();
  const drafts = Object.values(state.open).map(
    (open) => settlers[open.kind]?.({ state, open, now, taken }) ?? [],
  );
  return drafts.filter((group) => group.length > 0);
}

interface Case {
  readonly state: RunState;
  readonly open: OpenOperation;
  readonly now: string;
  /** Signals that operations before this one have consumed. */
  readonly taken: Set<number>;
}

const settlers: Readonly<Record<string, (its: Case) => EventDraft[]>> = {
  sleep: ({ open, now }) => (isDue(open, now) ? [completed(open, null)] : []),
  'signal.wait': settleSignal,
  'approval.request': settleApproval,
};

function settleSignal({ state, open, now, taken }: Case): EventDraft[] {
  if (!('inline' in open.request)) return [];
  const { name } = open.request.inline as OperationArguments['signal.wait'];
  const signal = state.signals.find((pending) => pending.name === name && !taken.has(pending.seq));
  if (signal) {
    taken.add(signal.seq);
    return [completed(open, { name, payload: signal.payload, timedOut: false }, { signal: signal.seq })];
  }
  return isDue(open, now) ? [completed(open, { name, payload: null, timedOut: true })] : [];
}

function settleApproval({ state, open, now }: Case): EventDraft[] {
  const pending = state.approvals[open.operation];
  if (!pending) return [];
  if (pending.decision) return [completed(open, answer(pending.decision))];
  if (now < pending.requested.expiresAt) return [];
  const { approval, operation, hash } = pending.requested;
  const expired: EventDraft = {
    type: 'approval.expired',
    by: 'system',
    payload: { approval, operation, hash },
  };
  return [expired, completed(open, { decision: 'expired' })];
}

function answer({ kind, by, reason }: ApprovalDecision): Json {
  return { decision: kind, by, ...(reason === undefined ? {} : { reason }) };
}

function isDue(open: OpenOperation, now: string): boolean {
  return open.deadline !== undefined && open.deadline <= now;
}

function completed(
  { operation }: OpenOperation,
  value: Json,
  more: Partial<EventPayloads['operation.completed']> = {},
): EventDraft {
  const outcome = { ok: true, value: { inline: value } } as const;
  return { type: 'operation.completed', by: 'system', payload: { operation, outcome, ...more } };
}
