import type { Head, RunEvent } from '../domain/events.ts';
import type { ProjectionChange } from '../domain/projections.ts';
import type { RunState } from '../domain/state.ts';
import type { Delivery } from '../domain/webhooks/delivery.ts';

/** One atomic append: all of it is committed, or none. At most 25 events and 1 MiB (rule 18). */
export interface Append {
  readonly run: string;
  /** Sequence number of the last event this append builds on; 0 for a new run. */
  readonly expected: number;
  /** Sealed events, `expected + 1` onwards. */
  readonly events: readonly RunEvent[];
  readonly head: Head;
  readonly projections: readonly ProjectionChange[];
  /** What webhooks are to be sent of these events: committed with them, so that none is ever lost. */
  readonly deliveries?: readonly Delivery[];
  /** Set with the first event of what was asked for under an `Idempotency-Key` (rule 3). */
  readonly idempotency?: IdempotencyRecord;
}

export interface IdempotencyRecord {
  /** Unique per tenant: route, caller and the client's key. */
  readonly key: string;
  /** Digest of the request body. */
  readonly body: string;
  /** What the first request created or changed. */
  readonly resource: string;
  readonly at: string;
}

export interface EventPage {
  readonly events: readonly RunEvent[];
  /** Whether the log holds more events after these. */
  readonly more: boolean;
}

/** The run log of one tenant. What `append` has acknowledged survives any crash. */
export interface TenantEventLog {
  /**
   * Appends, or throws `log.conflict` (details: `run`, `expected`, `actual`) when the run's last sequence number is
   * not `expected`; throws `limit.exceeded` beyond the limits; throws `idempotency.conflict` (details: `resource`,
   * `body`) when the idempotency key is taken and younger than 24 h, whatever its body: the caller compares.
   */
  append(append: Append): Promise<void>;
  /** Events after `after` (0: from the start), in order; at most `limit` and 4 MiB, at least one if there is one. */
  read(run: string, after: number, limit?: number): Promise<EventPage>;
  head(run: string): Promise<Head | undefined>;
  /** Latest snapshot, a cache: the log alone is the truth. */
  snapshot(run: string): Promise<RunState | undefined>;
  saveSnapshot(state: RunState): Promise<void>;
  idempotency(key: string): Promise<IdempotencyRecord | undefined>;
}

export interface EventLog {
  forTenant(tenant: string): TenantEventLog;
  /** Every run of every tenant, oldest first; for `rebuild` and `verify --all` only. */
  allRuns(): AsyncIterable<{ readonly tenant: string; readonly run: string }>;
}
