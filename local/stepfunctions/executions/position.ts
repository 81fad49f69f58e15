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
  /** What answers it, for `.waitForTaskToken`, `.sync` and activities. */
  readonly token: string | undefined;
  /** Whether its call has returned and only the token, or the end of a job, is awaited: it is parked. */
  readonly submitted: boolean;
  /** What the call of a `.sync` task returned: what the job is found by. */
  readonly submission: JsonData | undefined;
  /** When it times out, in milliseconds since the epoch. */
  readonly deadline: number | undefined;
  /** Seconds that may pass between heartbeats. */
  readonly heartbeat: number | undefined;
}

/** What the branches of a state have come to, by their index; `undefined` where one has not ended. */
export type BranchResults = readonly (JsonData | undefined)[];

export interface ParallelPosition extends Stay {
  readonly kind: 'parallel';
  readonly results: BranchResults;
}

export interface MapPosition extends Stay {
  readonly kind: 'map';
  /** A list, one item for each iteration. */
  readonly items: JsonData;
  /** Names of the items, where they came from an object. */
  readonly keys: readonly string[] | undefined;
  /** How many iterations may run side by side. */
  readonly concurrency: number;
  readonly results: BranchResults;
}

/** Where a thread stands between two transitions: all that is needed to go on. */
export type Position =
  /** Before entering a state. */
  | { readonly kind: 'next'; readonly state: string; readonly input: JsonData }
  /** In a state that is to do its work: where it failed, or is to be run again. */
  | ({ readonly kind: 'entered' } & Stay)
  | TaskPosition
  /** Before the next attempt of a state, at `until`. */
  | ({ readonly kind: 'retry'; readonly until: number } & Stay)
  | ({ readonly kind: 'wait'; readonly until: number } & Stay)
  /** While its branches run, each a thread of its own. */
  | ParallelPosition
  | MapPosition;

/** Whether a thread goes on by itself. */
export function isReady({ kind }: Position): boolean {
  return kind === 'next' || kind === 'entered';
}
