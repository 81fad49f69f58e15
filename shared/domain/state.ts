import type { Role } from './audit/records.ts';
import type { Content, Digest } from './content.ts';
import type { Actor, EventPayloads, Failure, Isolation, Worker } from './events.ts';
import type { Json } from './json.ts';
import type { OperationKind } from './operations.ts';

/** The one internal status set, mapped per API. */
export type RunStatus = 'queued' | 'running' | 'waiting' | 'paused' | 'succeeded' | 'failed' | 'cancelled';

/** An operation that the log names and nobody has answered yet. */
export interface OpenOperation {
  readonly operation: number;
  readonly kind: OperationKind;
  readonly hash: Digest;
  readonly request: Content;
  readonly requestedAt: string;
  readonly deadline?: string;
  /** The claim, once a worker has made one, and when. */
  readonly worker?: Worker;
  readonly startedAt?: string;
}

/** An approval that concerns an open operation, as it was requested and, once decided, the decision. */
export interface PendingApproval {
  readonly requested: EventPayloads['approval.requested'];
  readonly requestedAt: string;
  readonly decision?: ApprovalDecision;
}

export interface ApprovalDecision {
  readonly kind: 'approved' | 'denied' | 'expired';
  readonly by: Actor;
  readonly at: string;
  readonly reason?: string;
}

export interface PendingSignal {
  readonly seq: number;
  readonly name: string;
  readonly payload: Json;
}

export type RunEnd =
  | { readonly status: 'succeeded'; readonly at: string; readonly output: Content }
  | { readonly status: 'failed'; readonly at: string; readonly error: Failure }
  | { readonly status: 'cancelled'; readonly at: string; readonly reason?: string };

/**
 * A run as its log tells it. Small whatever the length of the run: of answered operations only the count is kept.
 * Plain JSON, so that a snapshot is its serialisation.
 */
export interface RunState {
  readonly tenant: string;
  readonly run: string;
  readonly agent: string;
  readonly version: Digest;
  readonly number: string;
  readonly alias?: string;
  readonly roles?: readonly Role[];
  readonly input: Content;
  readonly seed: string;
  readonly isolation: Isolation;
  readonly session?: string;
  readonly retentionDays?: number;
  readonly parent?: NonNullable<EventPayloads['run.created']['parent']>;
  readonly operationsPerStep?: number;
  readonly createdAt: string;
  /** Sequence number, chain hash and time of the last event. */
  readonly seq: number;
  readonly hash: Digest;
  readonly at: string;
  /** 0 until an execution carries the run. */
  readonly generation: number;
  /** When the current generation began. */
  readonly carriedAt?: string;
  /** Generations in a row that had work to do and ended without a new event of the agent. */
  readonly barren: number;
  /** Whether the current generation has brought an event of the agent yet. */
  readonly fruitful: boolean;
  /** Highest operation number in the log. */
  readonly lastOperation: number;
  /** Operations answered so far: the length of the answer list a program replays. */
  readonly answered: number;
  /** By operation number, in the order they were issued. */
  readonly open: Readonly<Record<string, OpenOperation>>;
  /** By operation number. */
  readonly approvals: Readonly<Record<string, PendingApproval>>;
  readonly signals: readonly PendingSignal[];
  readonly paused: boolean;
  /** Paused by the suspension of its tenant, and by nobody else. */
  readonly suspended?: boolean;
  readonly cancelRequested?: { readonly by: Actor; readonly reason?: string };
  readonly tree: Digest | null;
  readonly artifacts: number;
  readonly end?: RunEnd;
}
