import type { Worker } from '../domain/events.ts';

export interface Launch {
  readonly tenant: string;
  readonly run: string;
  readonly operation: number;
  readonly place: 'function' | 'task';
  /** What the worker presents to `report`; its only credential (rule 10). */
  readonly ticket: string;
  readonly timeoutMs: number;
  /** Tells one launch of the operation from the next; the same when a launch is only repeated after a crash. */
  readonly attempt: string;
}

/** Which operation a worker is launched for. */
export type LaunchedFor = Pick<Launch, 'tenant' | 'run' | 'operation'>;

/** Starts workers in spaces and tells whether they live. */
export interface TaskLauncher {
  /** What a run is told of the isolation of its commands: the least of those that there are here. */
  readonly isolation: Worker['kind'];
  /** The kinds of workers that are launched here: another could be neither watched nor stopped. */
  readonly kinds: readonly Worker['kind'][];
  /**
   * Resolves when the worker is started; launching the same operation again is harmless: only one can claim it. Throws
   * `limit.exceeded` for a command that no place here can run for so long.
   */
  launch(launch: Launch): Promise<void>;
  /** Stops a worker and everything it started; resolves when it is certainly dead, also if it was already. */
  stop(worker: Worker): Promise<void>;
  alive(worker: Worker): Promise<boolean>;
  /** Whether a worker launched for an operation that nobody has claimed yet may still come to claim it. */
  launched(which: LaunchedFor): Promise<boolean>;
}
