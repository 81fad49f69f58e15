import type { JsonData } from '../data-flow/json-data.ts';
import type { RetryCounts } from '../errors/retry.ts';

/** A stay in one state, from its entry to its exit. */
export interface Stay {
  readonly state: string;
  readonly input: JsonData;
  /** Event id and time (milliseconds since the epoch) of the entry. */
  readonly entered: number;
  readonly enteredAt: number;
  readonly retries: RetryCounts;
}

/** A task that has been scheduled and has no result yet. */
export interface TaskPosition extends Stay {
  readonly kind: 'task';
  /** Event id of the scheduling: tells attempts apart. */
  readonly scheduled: number;
  /** What answers it, for `.waitForTaskToken`. */
  readonly token: string | undefined;
  /** Whether its function has returned and only the token is awaited: it is parked. */
  readonly submitted: boolean;
  /** When it times out, in milliseconds since the epoch. */
  readonly deadline: number | undefined;
  /** Seconds that may pass between heartbeats. */
  readonly heartbeat: number | undefined;
}

/** Where a running execution stands between two transitions: all that is needed to go on. */
export type Position =
  /** Before entering a state. */
  | { readonly kind: 'next'; readonly state: string; readonly input: JsonData }
  | TaskPosition
  /** Before the next attempt of a task, at `until`. */
  | ({ readonly kind: 'retry'; readonly until: number } & Stay)
  | ({ readonly kind: 'wait'; readonly until: number } & Stay);
