import type { Digest } from '../../domain/content.ts';
import type { Head, Isolation, RunEvent } from '../../domain/events.ts';
import type { Json } from '../../domain/json.ts';
import type { RunMetrics } from '../../domain/measure.ts';
import type { FileEncoding } from '../../domain/operations.ts';
import type { ApprovalRow, RunRow } from '../../domain/projections.ts';
import type { ErasedEvent, Finding } from '../../domain/verify.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Page, RunFilter } from '../../ports/projections.ts';

export interface RunUseCases {
  /** Resolves once `run.created` is committed, also when the engine did not take the run yet (rule 5). */
  startRun(caller: Principal, start: RunStart): Promise<StartedRun>;
  getRun(caller: Principal, run: string): Promise<RunView>;
  /** As `getRun`, once the run has ended or `waitMs` are over. */
  waitForEnd(caller: Principal, run: string, waitMs: number): Promise<RunView>;
  listRuns(caller: Principal, filter: RunFilter): Promise<Page<RunRow>>;
  readEvents(caller: Principal, run: string, query: EventQuery): Promise<RunEvents>;
  /** Checks the whole log of a run: chain, payloads, head, signature, legality. */
  verifyRun(caller: Principal, run: string): Promise<Verification>;
  /** A signed address of the run as one file, with those that it has called if `children`. */
  exportUrl(caller: Principal, run: string, what: { readonly children: boolean }): Promise<string>;
  /** What it has taken so far: time by status and by what it waited for, operations by kind. */
  runMetrics(caller: Principal, run: string): Promise<RunMetrics>;
  /** What its program wrote with `log`. */
  runLogs(caller: Principal, run: string, query: LogQuery): Promise<RunLogs>;
  cancelRun(caller: Principal, run: string, why: Why): Promise<RunView>;
  pauseRun(caller: Principal, run: string, why: Why): Promise<RunView>;
  resumeRun(caller: Principal, run: string, why: Why): Promise<RunView>;
  signalRun(caller: Principal, run: string, signal: RunSignal): Promise<SignalledRun>;
}

export interface RunStart {
  readonly agent: string;
  /** Number, digest or alias; absent: the alias `live`, or else the version published last, trials aside. */
  readonly version?: string;
  readonly input: Json;
  /** Instead of `input`: the upload that holds it. */
  readonly inputUpload?: Digest;
  readonly files?: readonly StartFile[];
  readonly session?: string;
  readonly retentionDays?: number;
  readonly idempotency?: Idempotency;
}

/** A file that the workspace starts with. */
export interface StartFile {
  readonly path: string;
  /** Absent where `upload` says what it holds. */
  readonly content?: string;
  readonly encoding?: FileEncoding;
  readonly upload?: Digest;
}

export interface Idempotency {
  /** The client's `Idempotency-Key`; unique only together with the route and the caller. */
  readonly key: string;
  /** SHA-256 of the canonical JSON of the request body. */
  readonly body: Digest;
}

export interface StartedRun {
  readonly run: RunView;
  /** Whether an earlier request under the same key had started it. */
  readonly replayed: boolean;
}

/** A run in full. */
export interface RunView extends RunRow {
  /** Up to 128 KiB of JSON; a longer one stands behind `inputUrl`. */
  readonly input?: Json;
  readonly inputUrl?: string;
  /** Once it has succeeded, up to 128 KiB of JSON; a longer one stands behind `outputUrl`. */
  readonly output?: Json;
  readonly outputUrl?: string;
  readonly tree: Digest | null;
  /** Operations answered so far. */
  readonly operations: number;
  readonly generation: number;
  readonly isolation: Isolation;
  /** The first that wait for a decision. */
  readonly openApprovals: readonly OpenApproval[];
}

/** An approval as its run shows it: the approval itself has the details. */
export type OpenApproval = Omit<ApprovalRow, 'details'>;

/** What the check of a log found. */
export interface Verification {
  readonly run: string;
  /** Events read; up to the first finding. */
  readonly events: number;
  /** Empty when the log is sound. */
  readonly findings: readonly Finding[];
  /** Where the chain ends; signed once the run has ended. */
  readonly head: Head | null;
  /** Events whose payloads nobody can check any more, and who has erased them. */
  readonly erased?: readonly ErasedEvent[];
}

export interface EventQuery {
  /** Sequence number of the last event that is known. */
  readonly after: number;
  readonly limit: number;
  /** How long to wait for an event when there is none after `after`; at once when the run has ended. */
  readonly waitMs: number;
}

export interface RunEvents {
  readonly events: readonly RunEvent[];
  readonly more: boolean;
  readonly ended: boolean;
}

export interface LogQuery {
  /** Sequence number of the last event that was looked at. */
  readonly after: number;
  /** Lines of a page, at most. */
  readonly limit: number;
}

/** A line that a program wrote. */
export interface LogLine {
  readonly seq: number;
  readonly at: string;
  readonly operation: number;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly data?: Json;
}

export interface RunLogs {
  readonly lines: readonly LogLine[];
  /** Where the next page begins. */
  readonly after: number;
  /** Whether the log holds more events after these. */
  readonly more: boolean;
}

export interface Why {
  readonly reason?: string;
}

export interface RunSignal {
  readonly name: string;
  readonly payload: Json;
  readonly idempotency?: Idempotency;
}

export interface SignalledRun {
  /** The run as it is now. */
  readonly run: RunView;
  /** Whether an earlier request under the same key had sent the signal. */
  readonly replayed: boolean;
}
