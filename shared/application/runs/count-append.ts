import type { EventOf, EventType, RunEvent } from '../../domain/events.ts';
import type { OpenOperation, RunState } from '../../domain/state.ts';
import type { Metrics, OperationEnd } from '../../ports/metrics.ts';

type Open = Readonly<Record<string, OpenOperation>>;

type Counting = { readonly [T in EventType]?: (metrics: Metrics, event: EventOf<T>, open: Open) => void };

/** What is counted of an event; of the others there is nothing to count. */
const counting: Counting = {
  'run.created': (metrics) => metrics.runStarted(),
  'run.carried': (metrics, { payload }) => {
    if (payload.generation > 1) metrics.runTakenOver();
  },
  'operation.completed': (metrics, { at, payload }, open) => {
    const end = payload.outcome.ok ? 'ok' : 'failed';
    if (payload.record) metrics.operationEnded(payload.record.kind, end);
    else countClosed(metrics, open[payload.operation], { end, at });
  },
  'operation.interrupted': (metrics, { at, payload }, open) =>
    countClosed(metrics, open[payload.operation], { end: 'interrupted', at }),
  'approval.approved': (metrics) => metrics.approvalDecided('approved'),
  'approval.denied': (metrics) => metrics.approvalDecided('denied'),
  'approval.expired': (metrics) => metrics.approvalDecided('expired'),
  'run.succeeded': (metrics) => metrics.runEnded('succeeded'),
  'run.failed': (metrics) => metrics.runEnded('failed'),
  'run.cancelled': (metrics) => metrics.runEnded('cancelled'),
};

/** Counts what an append has made true. `before`: the run as it was; operations that it closes were open then. */
export function countAppend(
  metrics: Metrics,
  before: RunState | undefined,
  events: readonly RunEvent[],
): void {
  const open = before?.open ?? {};
  for (const event of events) {
    const count = counting[event.type] as
      | ((metrics: Metrics, event: RunEvent, open: Open) => void)
      | undefined;
    count?.(metrics, event, open);
  }
}

/** The time of a whole operation stands in the log: from its request to its outcome. */
function countClosed(
  metrics: Metrics,
  operation: OpenOperation | undefined,
  { end, at }: { readonly end: OperationEnd; readonly at: string },
): void {
  if (operation === undefined) return;
  metrics.operationEnded(operation.kind, end);
  metrics.operationTook(operation.kind, Date.parse(at) - Date.parse(operation.requestedAt));
}
