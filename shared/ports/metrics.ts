import type { OperationKind } from '../domain/operations.ts';
import type { RunStatus } from '../domain/state.ts';

/** How a run ends. */
export type EndStatus = Extract<RunStatus, 'succeeded' | 'failed' | 'cancelled'>;

/** How an operation ends: `interrupted` when it was cut off after its claim. */
export type OperationEnd = 'ok' | 'failed' | 'interrupted';

/** One answered request; the route by its template, so that there are few. */
export interface Answered {
  readonly method: string;
  readonly route: string;
  readonly status: number;
}

/**
 * What is counted while the server works, in memory and without a tenant: an observation costs less than two
 * microseconds and cannot fail. Durations are in milliseconds.
 */
export interface Metrics {
  /** Milliseconds of a clock that never goes back. */
  elapsed(): number;
  answered(request: Answered, ms: number): void;
  runStarted(): void;
  runEnded(status: EndStatus): void;
  /** A generation after the first carries a run. */
  runTakenOver(): void;
  operationEnded(kind: OperationKind, end: OperationEnd): void;
  /** How long an operation took, from being asked to its outcome. */
  operationTook(kind: OperationKind, ms: number): void;
  approvalDecided(decision: 'approved' | 'denied' | 'expired'): void;
  /** The reconciler has looked at so many runs. */
  looked(runs: number, ms: number): void;
  /** An append of so many events is durable. */
  appended(events: number, ms: number): void;
  /** So many writes were committed together. */
  committed(writes: number, ms: number): void;
}
