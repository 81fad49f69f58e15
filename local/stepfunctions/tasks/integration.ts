import type { Json } from '../../../shared/domain/json.ts';
import type { JsonData } from '../data-flow/json-data.ts';
import type { Visit } from '../executions/visit.ts';
import type { TaskTiming } from '../history/events.ts';

/** A function call as a state's parameters ask for it. */
export interface Request {
  readonly functionName: string;
  readonly payload: JsonData;
  /** All parameters, where they are more than these two. */
  readonly parameters?: JsonData;
}

/** How a kind of `Resource` is called, and what of it the history tells. Every `note…` returns an event id. */
export interface Integration {
  /** Whether the task ends when its token is answered, not when its function returns. */
  readonly awaitsToken: boolean;
  /** Throws `StateFailure`. */
  request(parameters: Json, visit: Visit): Request;
  /** Returns the id of the scheduling, which the start follows. */
  noteScheduled(visit: Visit, request: Request, timing: TaskTiming): number;
  noteSubmitted(visit: Visit, answer: JsonData): void;
  /** Notes a function's answer, and returns the task's raw result. */
  noteReturned(visit: Visit, answer: JsonData): JsonData;
  /** Notes the answer to its token, which is its raw result. */
  noteAnswered(visit: Visit, output: JsonData): JsonData;
  noteFailed(visit: Visit, error: string | undefined, cause: string | undefined): void;
  noteTimedOut(visit: Visit, error: string): void;
}
