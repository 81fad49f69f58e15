import type { AuditEvent, AuditHead } from '../domain/audit/events.ts';
import type { RecordChange } from '../domain/audit/records.ts';
import type { Delivery } from '../domain/webhooks/delivery.ts';

/** One atomic append: events, head and records are committed together, or nothing is. */
export interface AuditAppend {
  /** Sequence number of the last event this append builds on; 0 for a tenant without events. */
  readonly expected: number;
  /** Sealed events, `expected + 1` onwards. */
  readonly events: readonly AuditEvent[];
  readonly head: AuditHead;
  readonly records: readonly RecordChange[];
  /** What webhooks are to be sent of these events. */
  readonly deliveries?: readonly Delivery[];
}

export interface AuditPage {
  readonly events: readonly AuditEvent[];
  /** Whether the log holds more events after these. */
  readonly more: boolean;
}

/** What has happened in one tenant outside its runs. What `append` has acknowledged survives any crash. */
export interface TenantAuditLog {
  /** Throws `log.conflict` (details: `expected`, `actual`) when the last sequence number is not `expected`. */
  append(append: AuditAppend): Promise<void>;
  /** Events after `after` (0: from the start), in order; at most `limit` and 4 MiB, at least one if there is one. */
  read(after: number, limit?: number): Promise<AuditPage>;
  /** Strongly consistent. */
  head(): Promise<AuditHead | undefined>;
}

export interface AuditLog {
  forTenant(tenant: string): TenantAuditLog;
  /** Every tenant that has a log, in the order of their names; for `rebuild` only. */
  tenants(): AsyncIterable<string>;
}
