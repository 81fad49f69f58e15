import { statusOf, waitsFor } from './decide.ts';
import { checkAt } from './due.ts';
import type { RunEvent } from './events.ts';
import type { ApprovalRow, ArtifactRow, ProjectionChange, RunRow } from './projections.ts';
import type { PendingApproval, RunState } from './state.ts';

/**
 * What an append changes in the projections: a pure function of the states around it, so that a rebuild from the log
 * yields the same rows (rule 3). Rows that stay as they are are left out: this runs for every append.
 */
export function project(
  before: RunState | undefined,
  after: RunState,
  events: readonly RunEvent[],
): readonly ProjectionChange[] {
  const changes: ProjectionChange[] = [];
  if (!before || statusOf(before) !== statusOf(after) || waitsFor(before) !== waitsFor(after)) {
    changes.push({ kind: 'run', row: runRow(after) });
  }
  const due = checkAt(after);
  if (!before || checkAt(before) !== due) {
    changes.push({ kind: 'due', row: { tenant: after.tenant, run: after.run, checkAt: due } });
  }
  for (const event of events) {
    if (event.type === 'operation.completed' && event.payload.artifact) {
      const { operation, artifact } = event.payload;
      const row: ArtifactRow = { tenant: after.tenant, run: after.run, operation, at: event.at, ...artifact };
      changes.push({ kind: 'artifact', row });
    }
  }
  return changes.concat(approvalChanges(before, after, events));
}

/** The row that lists show for a run. */
export function runRow(state: RunState): RunRow {
  const waitingFor = waitsFor(state);
  return {
    tenant: state.tenant,
    run: state.run,
    agent: state.agent,
    version: state.version,
    number: state.number,
    ...(state.session === undefined ? {} : { session: state.session }),
    ...(state.parent ? { parent: state.parent.run } : {}),
    status: statusOf(state),
    ...(waitingFor === undefined ? {} : { waitingFor }),
    createdAt: state.createdAt,
    ...(state.end ? { endedAt: state.end.at } : {}),
    ...(state.end?.status === 'failed' ? { error: state.end.error } : {}),
  };
}

function approvalChanges(
  before: RunState | undefined,
  after: RunState,
  events: readonly RunEvent[],
): ProjectionChange[] {
  const touched = new Map<string, ApprovalRow>();
  const known = { ...before?.approvals };
  for (const event of events) {
    if (event.type === 'approval.requested') {
      known[event.payload.operation] = { requested: event.payload, requestedAt: event.at };
    }
    const decision = decisionOf(event);
    if (event.type !== 'approval.requested' && !decision) continue;
    const { operation } = event.payload as { operation: number };
    const pending = known[operation];
    if (!pending) continue;
    known[operation] = decision ? { ...pending, decision } : pending;
    touched.set(String(operation), approvalRow(after, known[operation]));
  }
  if (after.end) {
    for (const [operation, pending] of Object.entries(after.approvals)) {
      if (!pending.decision) touched.set(operation, { ...approvalRow(after, pending), status: 'void' });
    }
  }
  return [...touched.values()].map((row) => ({ kind: 'approval', row }));
}

const decisionKinds = {
  'approval.approved': 'approved',
  'approval.denied': 'denied',
  'approval.expired': 'expired',
} as const;

function decisionOf(event: RunEvent): PendingApproval['decision'] {
  if (!(event.type in decisionKinds)) return undefined;
  const kind = decisionKinds[event.type as keyof typeof decisionKinds];
  const { reason } = event.payload as { reason?: string };
  return { kind, by: event.by, at: event.at, ...(reason === undefined ? {} : { reason }) };
}

/** The row that lists show for an approval. */
export function approvalRow(
  state: RunState,
  { requested, requestedAt, decision }: PendingApproval,
): ApprovalRow {
  return {
    tenant: state.tenant,
    run: state.run,
    agent: state.agent,
    ...requested,
    status: decision?.kind ?? 'pending',
    requestedAt,
    ...(decision ? { decidedAt: decision.at, decidedBy: decision.by } : {}),
    ...(decision?.reason === undefined ? {} : { reason: decision.reason }),
  };
}
