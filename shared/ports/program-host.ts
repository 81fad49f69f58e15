import type { Digest } from '../domain/content.ts';
import type { Failure } from '../domain/events.ts';
import type { Json } from '../domain/json.ts';
import type { OperationKind } from '../domain/operations.ts';

/** An operation as a program issues it. */
export interface ProgramRequest {
  /** From 1, in the order issued. */
  readonly operation: number;
  readonly kind: OperationKind;
  readonly arguments: Json;
  /** Of kind and arguments, see `operationHash`. */
  readonly hash: Digest;
}

/** An outcome as a program receives it. */
export interface ProgramAnswer {
  readonly operation: number;
  readonly hash: Digest;
  /** ISO time of the event: the program's clock until the next answer. */
  readonly at: string;
  readonly outcome:
    | { readonly ok: true; readonly value: Json }
    | { readonly ok: false; readonly error: Failure };
}

/** The run a program is asked about. */
export interface ProgramRun {
  readonly run: string;
  readonly agent: string;
  readonly version: Digest;
  readonly seed: string;
  readonly input: Json;
  /** ISO time of `run.created`: the program's clock until the first answer. */
  readonly createdAt: string;
}

/** The answers of a run, in log order. */
export interface ProgramAnswers {
  /** How many there are. */
  readonly count: number;
  /** Those after the first `after`, up to `count`; called only for what the host does not remember. */
  after(after: number): Promise<readonly ProgramAnswer[]>;
}

/** Where a program stands once it has had every answer and come to rest. */
export type ProgramTurn =
  /** Every operation it still waits for, by number. */
  | { readonly kind: 'requests'; readonly requests: readonly ProgramRequest[] }
  | { readonly kind: 'finished'; readonly output: Json; readonly requests: readonly ProgramRequest[] }
  /** It threw (`program.failed`), diverged (`program.diverged`) or never came to rest (`program.unresponsive`). */
  | { readonly kind: 'failed'; readonly error: Failure };

/**
 * Asks programs what they want next (rule 12). What a host keeps between calls is a cache: dropping it after every
 * call changes nothing. Answers are delivered one at a time, the next only when the program is idle (rule 13).
 */
export interface TenantProgramHost {
  next(run: ProgramRun, answers: ProgramAnswers): Promise<ProgramTurn>;
  /** Forgets a run, because it has ended or its last turn could not be recorded. */
  release(run: string): void;
}

export interface ProgramHost {
  /** What the log says of the isolation that programs have here. */
  readonly isolation: 'memory' | 'process' | 'function';
  forTenant(tenant: string): TenantProgramHost;
}
