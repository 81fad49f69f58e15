import type { Json } from '../../../shared/domain/json.ts';
import type { JsonData } from '../data-flow/json-data.ts';
import type { Visit } from '../executions/visit.ts';
import type { TaskTiming } from '../history/events.ts';
import type { RequestedCall, Target } from './call.ts';

/** How a task failed. */
export interface TaskFailureNote {
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** How far it had come; absent once it ran. */
  readonly phase?: 'schedule' | 'start' | 'submit' | undefined;
}

/** What a scheduling is noted with. */
export interface Scheduling extends TaskTiming {
  /** All parameters, as the state gave them. */
  readonly parameters: Json;
  readonly role: string | undefined;
}

/** How a kind of `Resource` is called, and what of it the history tells. Every `note…` returns an event id. */
export interface Integration {
  readonly pattern: RequestedCall['pattern'];
  /** What the parameters ask for. Throws `StateFailure`. */
  target(parameters: Json, visit: Visit): Target;
  /** Returns the id of the scheduling, which the start follows, where there is one right away. */
  noteScheduled(visit: Visit, target: Target, scheduling: Scheduling): number;
  /** A worker has taken it up. */
  noteTaken?(visit: Visit, worker: string | undefined): void;
  /** The call has returned; its job or its token is awaited. */
  noteSubmitted(visit: Visit, answer: JsonData, whole: boolean): void;
  /** Notes an answer, and returns the task's raw result. `whole`: the answer is that already. */
  noteReturned(visit: Visit, answer: JsonData, whole: boolean): JsonData;
  /** Notes the answer to its token, which is its raw result. */
  noteAnswered(visit: Visit, output: JsonData): JsonData;
  noteFailed(visit: Visit, failure: TaskFailureNote): void;
  noteTimedOut(visit: Visit, error: string): void;
}
