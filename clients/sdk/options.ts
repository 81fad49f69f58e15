import type { Approval } from '../../shared/protocol/approvals.ts';
import type { RunStatus } from '../../shared/protocol/runs.ts';
import type { DeliveryStatus } from '../../shared/protocol/webhooks.ts';

export interface PageOptions {
  /** Items of one page, 1 to 200; default 50. */
  readonly limit?: number;
  /** From the page before. */
  readonly cursor?: string;
}

/** From the first moment on, up to before the second: ISO 8601 with a zone. */
export interface TimeRange {
  readonly from?: string;
  readonly to?: string;
}

export interface RunFilter extends PageOptions, TimeRange {
  readonly agent?: string;
  readonly status?: RunStatus;
  readonly session?: string;
  readonly parent?: string;
}

export interface ApprovalFilter extends PageOptions, TimeRange {
  readonly run?: string;
  readonly status?: Approval['status'];
}

export interface AuditQuery {
  /** The log of the platform instead of the tenant's own. */
  readonly platform?: boolean;
  /** Sequence number of the last event that is known; default 0: from the start. */
  readonly after?: number;
  readonly limit?: number;
  /** Events of one type (`key.revoked`) or family (`key`). */
  readonly type?: string;
  /** Seconds to wait for an event when there is none yet, at most 20. */
  readonly wait?: number;
}

export interface DeliveryFilter extends PageOptions {
  readonly status?: DeliveryStatus;
}

export interface WaitOptions {
  /** Seconds to wait for the end of the run, at most 20; default 0. */
  readonly wait?: number;
}

export interface FollowOptions {
  /** Sequence number of the last event that is known; default 0: from the start. */
  readonly after?: number;
  readonly signal?: AbortSignal;
}
