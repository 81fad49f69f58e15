import type { Worker } from '../domain/events.ts';

export interface Launch {
  readonly tenant: string;
  readonly run: string;
  readonly operation: number;
  readonly place: 'function' | 'task';
  /** What the worker presents to `report`; its only credential (rule 10). */
  readonly ticket: string;
  readonly timeoutMs: number;
}

/** Starts workers in spaces and tells whether they live. */
export interface TaskLauncher {
  readonly isolation: 'process' | 'function' | 'task';
  /** Resolves when the worker is started; launching the same operation again is harmless: only one can claim it. */
  launch(launch: Launch): Promise<void>;
  /** Stops a worker and everything it started; resolves when it is certainly dead, also if it was already. */
  stop(worker: Worker): Promise<void>;
  alive(worker: Worker): Promise<boolean>;
  /** Whether a worker launched for an operation that nobody has claimed yet may still come to claim it. */
  launched(run: string, operation: number): Promise<boolean>;
}
