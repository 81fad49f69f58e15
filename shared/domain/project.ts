import { statusOf, waitsFor } from './decide.ts';
import { checkAt } from './due.ts';
import type { RunEvent } from './events.ts';
import type { ApprovalRow, ArtifactRow, EndedRow, ProjectionChange, RunRow } from './projections.ts';
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
    const when = due === null ? null : new Date(due).toISOString();
    changes.push({ kind: 'due', row: { tenant: after.tenant, run: after.run, checkAt: when } });
  }
  if (after.end && !before?.end) changes.push({ kind: 'ended', row: endedRow(after, after.end.at) });
  for (const event of events) {
    if (event.type === 'operation.completed' && event.payload.artifact) {
      const { operation, artifact } = event.payload;
      const row: ArtifactRow = { tenant: after.tenant, run: after.run, operation, at: event.at, ...artifact };
      changes.push({ kind: 'artifact', row });
    }
  }
  return changes.concat(approvalChanges(before, after, events));
}

function endedRow({ tenant, run, retentionDays }: RunState, endedAt: string): EndedRow {
  if (retentionDays === undefined) return { tenant, run, endedAt };
  const removeAt = new Date(Date.parse(endedAt) + retentionDays * dayMs).toISOString();
  return { tenant, run, endedAt, removeAt };
}

const dayMs = 24 * 3_600_000;

/** The row that lists show for a run. */
export function runRow(state: RunState): RunRow {
  const waitingFor = waitsFor(state);
  return {
    tenant: state.tenant,
    run: state.run,
    agent: state.agent,
    version: state.version,
    number: state.number,
    ...(state.alias === undefined ? {} : { alias: state.alias }),
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
  const known = new Map(Object.values(before?.approvals ?? {}).map((one) => [one.requested.operation, one]));
  const rows = new Map<number, ApprovalRow>();
  for (const event of events) {
    const touched = touchedApproval(known, event);
    if (!touched) continue;
    known.set(touched.requested.operation, touched);
    rows.set(touched.requested.operation, approvalRow(after, touched));
  }
  for (const pending of after.end ? Object.values(after.approvals) : []) {
    if (pending.decision) continue;
    rows.set(pending.requested.operation, { ...approvalRow(after, pending), status: 'void' });
  }
  return [...rows.values()].map((row) => ({ kind: 'approval', row }));
}

/** The approval that an event is about, as it stands after it. */
function touchedApproval(
  known: ReadonlyMap<number, PendingApproval>,
  event: RunEvent,
): PendingApproval | undefined {
  if (event.type === 'approval.requested') return { requested: event.payload, requestedAt: event.at };
  const decision = decisionOf(event);
  const pending = decision && known.get((event.payload as { operation: number }).operation);
  return pending && { ...pending, decision };
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
