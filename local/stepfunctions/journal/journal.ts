import type { JsonObject } from '../../../shared/domain/json.ts';
import type { Ending, ExecutionStatus } from '../executions/execution.ts';
import type { Catalogue } from './catalogue.ts';
import type { MapRunJournal } from './map-runs.ts';
import type { Redrive } from './redrive.ts';

/** What a revision holds besides its definition and role, as it was asked for. */
export interface MachineSettings {
  readonly logging?: JsonObject | undefined;
  readonly tracing?: JsonObject | undefined;
  readonly encryption?: JsonObject | undefined;
}
/** A definition that executions hold on to from their start; a machine's newest one starts the next. */
export interface RevisionRow {
  readonly id: number;
  /** Name of the state machine. */
  readonly machine: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly settings: MachineSettings;
  /** What it is called on the wire; the revision that a machine was created with has no such name. */
  readonly revisionId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface ExecutionRow {
  /** From 1, in the order of their start. */
  readonly id: number;
  readonly machine: string;
  readonly revision: number;
  readonly name: string;
  /** What it was started by, if not by the machine's name alone. */
  readonly version: number | null;
  readonly alias: string | null;
  readonly startedAt: number;
  readonly status: ExecutionStatus;
  /** Milliseconds since the epoch; `null` while it runs. */
  readonly endedAt: number | null;
  /** `null` where it has never been started again. */
  readonly redrive: Redrive | null;
  /** Of a child execution: its map run, which of it it is, and how many items it is given. */
  readonly mapRun?: number | null;
  readonly mapIndex?: number | null;
  readonly mapItems?: number | null;
}

export interface NewExecutionRow extends Omit<ExecutionRow, 'status' | 'endedAt' | 'redrive'> {
  /** JSON text. */
  readonly input: string;
}

/** One transition of an execution. */
export interface TransitionRow {
  readonly execution: number;
  /** From 0, without gaps. */
  readonly number: number;
  readonly at: number;
  /** Id of its last event; it has at least one. */
  readonly lastEvent: number;
  /** Where the execution stands after it (`executions/thread-record.ts`), or where it failed; empty once it has succeeded. */
  readonly position: string;
  /** Its events and their texts (`history/pack.ts`). */
  readonly packed: string;
}

/** What is written at once. */
export interface Entry {
  /** With the first transition. */
  readonly started: NewExecutionRow | undefined;
  readonly transition: TransitionRow;
  /** With a transition that begins again what has ended. */
  readonly redriven?: Redrive | undefined;
  /** With the last transition. */
  readonly ending: Ending | undefined;
}

/** A transition without the weight. */
export type TransitionHead = Omit<TransitionRow, 'packed'>;

export interface ExecutionFilter {
  readonly machine: string;
  readonly status: ExecutionStatus | undefined;
  /** Only executions that were started by this version, or by this alias. */
  readonly version?: number | undefined;
  readonly alias?: string | undefined;
  /** Only child executions of this map run. */
  readonly mapRun?: number | undefined;
  /** Only executions that have been started again, or only others. */
  readonly redriven?: boolean | undefined;
  /** Only executions started before this one. */
  readonly before: number | undefined;
  readonly limit: number;
}

/**
 * Where executions are kept. Writes are gathered and reach the disk together, in order, some time after the call;
 * `settled` says when. Reads see only what is settled.
 */
export interface Journal {
  readonly catalogue: Catalogue;
  readonly mapRuns: MapRunJournal;
  addRevision(revision: RevisionRow): void;
  /** Drops every revision of a state machine that is no more. */
  dropRevisions(machine: string): void;
  write(entry: Entry): void;
  /**
   * Resolves when everything written so far is durable; rejects when it is not yet (it is tried again by itself). With
   * `wait` nobody is in a hurry: it comes with the next commit that somebody else asks for, or some milliseconds later.
   */
  settled(pace?: 'hurry' | 'wait'): Promise<void>;

  /** Oldest first. */
  revisions(): readonly RevisionRow[];
  /** Number of the execution started last; 0 for none. */
  lastExecution(): number;
  /** What runs; takes no longer for any number of closed ones. */
  running(): readonly ExecutionRow[];
  /** The last transition of an execution. */
  last(execution: number): TransitionHead | undefined;
  /** Whether a name is used up or in use. */
  has(machine: string, name: string): boolean;
  find(machine: string, name: string): ExecutionRow | undefined;
  /** Newest first. */
  list(filter: ExecutionFilter): readonly ExecutionRow[];
  input(execution: number): string;
  packed(execution: number, transition: number): string;
  /** One transition without its weight; `undefined` where there is none of that number. */
  head(execution: number, transition: number): TransitionHead | undefined;

  /** Drops inputs and transitions of closed executions whose names begin so; they stay listed, and their names in use. */
  forget(machine: string, prefix: string): void;
  /** Drops executions that ended by then (milliseconds since the epoch), oldest first and at most so many; answers how many. */
  prune(endedBy: number, limit: number): number;
  /** Drops executions of a state machine that have ended, at most so many; answers how many. */
  discard(machine: string, limit: number): number;

  /** Writes what is gathered, and takes no more. */
  close(): Promise<void>;
}
