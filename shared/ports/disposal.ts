import type { Digest } from '../domain/content.ts';
import type { RunEvent } from '../domain/events.ts';
import type { ProjectionChange } from '../domain/projections.ts';

/** A run that has ended, with whom nobody else has to do any more. */
export interface EndedRun {
  readonly tenant: string;
  readonly run: string;
}

/** The payload of one event gone. */
export interface EventErasure {
  readonly run: string;
  /** What is to stand in the log instead. */
  readonly event: RunEvent;
  /** Every row that the log yields then; others of the run go. */
  readonly projections: readonly ProjectionChange[];
  /** Ids of the events, it among them, whose messages to webhooks say parts of it: those messages go. */
  readonly told: readonly string[];
  /** Blobs that the payload named. */
  readonly blobs: readonly Digest[];
}

/**
 * Takes away for good what one tenant's logs hold. What is taken away is in no file of the store any more, as far as
 * the store can tell, once `Disposal.settle` answers true.
 */
export interface TenantDisposal {
  /** Those that say nothing of how long they are kept and ended by then, oldest first. */
  ended(before: string, limit: number): Promise<readonly EndedRun[]>;
  /** All of it is committed, or nothing is; done again, it changes nothing. Also forgets the run's idempotency keys. */
  erase(erasure: EventErasure): Promise<void>;
  /** Log, head, snapshot, rows and token of a run. Cut off in between, it is listed as ended until it is done again. */
  remove(run: string): Promise<void>;
  /** Notes blobs that perhaps nothing names any more. */
  noteUnnamed(blobs: readonly Digest[]): Promise<void>;
  unnamed(limit: number): Promise<readonly Digest[]>;
  forgetUnnamed(blobs: readonly Digest[]): Promise<void>;
}

export interface Disposal {
  forTenant(tenant: string): TenantDisposal;
  /** Those of all tenants whose own time is over, the longest first. */
  expired(now: string, limit: number): Promise<readonly EndedRun[]>;
  tenantsWithUnnamed(): Promise<readonly string[]>;
  /** Whether what was taken away is gone; where not yet, somebody still reads what was there before. */
  settle(): Promise<boolean>;
}
