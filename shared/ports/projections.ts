import type { ApprovalRow, ArtifactRow, DueRow, ProjectionChange, RunRow } from '../domain/projections.ts';
import type { RunStatus } from '../domain/state.ts';

/** A page of a list; only a missing cursor says that it was the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string;
}

export interface PageRequest {
  /** 1 to 200; default 50. */
  readonly limit?: number;
  /** Opaque, from the page before. */
  readonly cursor?: string;
}

/** Between two moments, ISO UTC with milliseconds: from the first on, up to before the second. */
export interface TimeRange {
  readonly from?: string;
  readonly to?: string;
}

/** The time of a run is the one in its id: a child's is that of the run at the top. */
export interface RunFilter extends PageRequest, TimeRange {
  readonly agent?: string;
  readonly status?: RunStatus;
  readonly session?: string;
  readonly parent?: string;
}

/** Views of one tenant's logs; written only with the events that change them. Lists are newest first. */
export interface TenantProjections {
  run(run: string): Promise<RunRow | undefined>;
  /** Every run that has not ended, or whose end has yet to be told to others: ids after `after`, in their order. */
  unended(after: string, limit: number): Promise<readonly string[]>;
  runs(filter: RunFilter): Promise<Page<RunRow>>;
  approval(approval: string): Promise<ApprovalRow | undefined>;
  approvals(
    filter: PageRequest & TimeRange & { run?: string; status?: ApprovalRow['status'] },
  ): Promise<Page<ApprovalRow>>;
  /** In the order they were declared; a later one of the same name replaces the earlier. */
  artifacts(run: string): Promise<readonly ArtifactRow[]>;
}

/** What is not over yet, of all tenants. */
export interface Tally {
  /** Runs that have not ended, by status. */
  readonly runs: Readonly<Record<'queued' | 'running' | 'waiting' | 'paused', number>>;
  /** Approvals that wait for a decision. */
  readonly approvals: number;
}

export interface Projections {
  forTenant(tenant: string): TenantProjections;
  /** Runs of all tenants whose `checkAt` is at or before `before`, earliest first. */
  due(before: string, limit: number): Promise<readonly DueRow[]>;
  /**
   * Moves a check without an event: after a look that found nothing to do, and after an ended run is tidied. With
   * `dueBy` (ISO) only a check that is due by then: one that an event has moved meanwhile stays.
   */
  reschedule(row: DueRow, dueBy?: string): Promise<void>;
  /** Counts what is not over; the work grows with that, not with what has ended. */
  tally(): Promise<Tally>;
  /** Empties every projection and fills it again: for `rebuild`. */
  replaceAll(changes: AsyncIterable<ProjectionChange>): Promise<void>;
}
