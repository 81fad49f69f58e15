import type { ExecutionStatus } from '../executions/execution.ts';

export type MapRunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

/** What may be changed while a map run goes on. */
export interface MapRunLimits {
  /** 0 for no limit of its own. */
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number | undefined;
  readonly toleratedFailurePercentage: number | undefined;
}

/** What is fixed with its start. */
export interface MapRunPlan {
  /** First state of every child execution. */
  readonly startAt: string;
  readonly express: boolean;
  /** Where results are written; absent where they are the state's own. */
  readonly destination: { readonly bucket: string; readonly prefix: string } | undefined;
  readonly transformation: 'NONE' | 'COMPACT' | 'FLATTEN';
  readonly lines: boolean;
}

/** What the state that waits for it is told. */
export type MapRunOutcome =
  | { readonly kind: 'failed'; readonly error: string; readonly cause: string }
  /** The results are written there, or are those of the child executions. */
  | { readonly kind: 'succeeded'; readonly manifest: string | undefined };

export interface MapRunRow {
  /** From 1, in the order of their start. */
  readonly id: number;
  /** What its ARN ends with. */
  readonly uuid: string;
  readonly label: string;
  /** Number of the execution that waits for it, and its event that notes the start. */
  readonly execution: number;
  readonly scheduled: number;
  /** Names of that execution and of its state machine. */
  readonly name: string;
  readonly machine: string;
  /** Milliseconds since the epoch, as everywhere here. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly status: MapRunStatus;
  readonly plan: MapRunPlan;
  readonly limits: MapRunLimits;
  /** Child executions and items that there are in all; `null` until all their inputs are at hand. */
  readonly children: number | null;
  readonly items: number | null;
  readonly outcome: MapRunOutcome | null;
}

export type MapRunChange = Partial<
  Pick<MapRunRow, 'endedAt' | 'status' | 'limits' | 'children' | 'items' | 'outcome'>
>;

/** Inputs of consecutive child executions. */
export interface InputBlock {
  /** Number of the first one. */
  readonly first: number;
  readonly inputs: readonly ChildInput[];
}

export interface ChildInput {
  /** JSON text. */
  readonly text: string;
  /** Items in it. */
  readonly items: number;
}

/** A child execution that has begun. */
export interface ChildRow {
  readonly index: number;
  readonly items: number;
  readonly status: ExecutionStatus;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Its number in the journal; `null` for an Express one, which is kept once it has ended. */
  readonly execution: number | null;
}

/** An Express child execution that has ended: there is no more of it than this. */
export interface ExpressChildRow {
  readonly run: number;
  readonly index: number;
  readonly items: number;
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly startedAt: number;
  readonly endedAt: number;
  /** JSON text of its input and of what it came to. */
  readonly input: string;
  readonly result: string;
}

/** Child executions by their status, and the items in them. */
export interface ChildCount {
  readonly status: ExecutionStatus;
  readonly children: number;
  readonly items: number;
}

/** Map runs in the journal. Writes go with those of the journal, and reads see only what is settled. */
export interface MapRunJournal {
  add(run: MapRunRow): void;
  change(id: number, change: MapRunChange): void;
  addInputs(run: number, block: InputBlock): void;
  dropInputs(run: number): void;
  /** An Express child execution that has ended. */
  addChild(child: ExpressChildRow): void;

  /** Number of the one started last; 0 for none. */
  last(): number;
  get(id: number): MapRunRow | undefined;
  find(uuid: string): MapRunRow | undefined;
  running(): readonly MapRunRow[];
  /** Those of an execution, oldest first. */
  of(execution: number): readonly MapRunRow[];
  /** The block that holds the input of that child. */
  inputs(run: number, index: number): InputBlock | undefined;
  /** Children from that number on, in their order and at most so many. */
  children(run: number, from: number, limit: number): readonly ChildRow[];
  expressChild(run: number, index: number): ExpressChildRow | undefined;
  counts(run: number): readonly ChildCount[];
}
