import type { JsonData } from '../data-flow/json-data.ts';
import type { Machine } from '../definition/machine.ts';
import type { Redrive } from '../journal/redrive.ts';
import type { Thread } from './thread.ts';

/** What is fixed from an execution's start to its end. */
export interface ExecutionFacts {
  /** Number in the journal. */
  readonly id: number;
  readonly name: string;
  /** Id of the revision that it follows. */
  readonly revision: number;
  /** Number of the version, and name of the alias, that it was started by. */
  readonly version: number | null;
  readonly alias: string | null;
  readonly arn: string;
  readonly input: JsonData;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly roleArn: string;
  readonly machineName: string;
  readonly machineArn: string;
  /** Set where it has been started again after it failed. */
  readonly redrive?: Redrive | undefined;
  /** Set for a child execution. */
  readonly child?: ChildFacts | undefined;
  /** Whether it is an Express execution: kept in memory alone, and for no longer than it runs. */
  readonly express?: boolean;
  /** Test case of the mocks that answers its tasks; forgotten with the process. */
  readonly testCase?: string | undefined;
}

/** Where a child execution comes from. */
export interface ChildFacts {
  /** Number of its map run, and which child of that it is. */
  readonly mapRun: number;
  readonly index: number;
  /** Items that it is given. */
  readonly items: number;
  readonly mapRunArn: string;
  /** The execution that all of this began with, and its state machine. */
  readonly root: { readonly id: number; readonly machine: string };
}

/** A running execution between two transitions. */
export interface ExecutionState {
  readonly facts: ExecutionFacts;
  readonly machine: Machine;
  /** By their numbers; the root is always among them. */
  readonly threads: ReadonlyMap<number, Thread>;
  /** Id of its last event. */
  readonly lastEvent: number;
}

/** How an execution ended. */
export type Ending = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
export type ExecutionStatus = 'RUNNING' | Ending;
