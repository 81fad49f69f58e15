import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import type { ServiceResource } from '../tasks/resource.ts';

/** One attempt of a Task state to get something done by a service. */
export interface ServiceCall {
  readonly resource: ServiceResource;
  readonly parameters: JsonObject;
  readonly execution: { readonly arn: string; readonly name: string; readonly roleArn: string };
  /** Name of the state. */
  readonly state: string;
  /** Set when the task ends by its token. */
  readonly token: string | undefined;
  /** The same whenever this attempt is made again, and of no other: what a service knows a repetition by. */
  readonly id: string;
  /** Aborts when nobody waits any more: what `.sync` has started is stopped then, unless the reason is `processEnds`. */
  readonly signal: AbortSignal;
}

/** What a `Resource` stands for. */
export interface Service {
  /**
   * Makes the call. Resolves to the task's raw result; with `.sync` and tokens to what `TaskSubmitted` shows. Rejects
   * with `ServiceFailure`.
   */
  start(call: ServiceCall): Promise<Json>;
  /**
   * Of `.sync` only: waits for what was started, and resolves to the task's raw result. May be called again with the
   * same `submitted` after a crash.
   */
  finish?(call: ServiceCall, submitted: Json): Promise<Json>;
  /** Whether `start` may simply be made again when a crash has cut it off. */
  readonly repeatable: boolean;
}

/** When a call failed: before it was made, while it handed something over to be waited for, or while it ran. */
export type FailurePhase = 'start' | 'submit' | 'run';

export interface ServiceProblem {
  /** What `ErrorEquals` knows it by. */
  readonly error: string;
  readonly cause: string;
  readonly phase?: FailurePhase;
}

/** Ends a task. */
export class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure';
  readonly error: string;
  readonly explanation: string;
  readonly phase: FailurePhase;

  constructor({ error, cause, phase = 'run' }: ServiceProblem) {
    super(`${error}: ${cause}`);
    this.error = error;
    this.explanation = cause;
    this.phase = phase;
  }
}

/** Reason of a signal that lets what was started go on: it will be waited for again by the next process. */
export const processEnds = Symbol('the process ends');
