import type { Json } from '../../../shared/domain/json.ts';
import type { JsonData } from '../data-flow/json-data.ts';
import type { Next } from '../definition/common-fields.ts';
import type { StateFailure } from '../errors/state-failure.ts';
import type { Position, TaskPosition } from '../executions/position.ts';
import type { ThreadStimulus } from '../executions/stimulus.ts';
import type { Branch, Thread } from '../executions/thread.ts';
import type { Visit } from '../executions/visit.ts';
import type { StateType } from '../history/events.ts';
import type { Call, RequestedCall } from '../tasks/call.ts';

/** A compiled state. It does no I/O: it notes events in the visit's history and says what follows. */
export interface State {
  readonly name: string;
  readonly type: StateType;
  /** Every state this one may lead to, on its own level. */
  readonly targets: readonly string[];
  /** Throws `StateFailure`. */
  enter(visit: Visit): Outcome;
  /** For states that wait: goes on when something has happened. Throws `StateFailure`. */
  resume?(visit: Visit, happened: ThreadStimulus, position: Position): Outcome;
  /** For states with branches: goes on when one has ended. Throws `StateFailure`. */
  join?(visit: Visit, position: Position, joined: Joined): Outcome;
  /** For states with branches: goes on, or fails, when one has failed. Throws `StateFailure`. */
  abandon?(visit: Visit, position: Position, abandoned: Abandoned): Outcome;
  /** For states with branches: goes on as if they had come to this result. Throws `StateFailure`. */
  settle?(visit: Visit, result: Json): Outcome;
  /** For states with Retry and Catch: what follows a failure, if they hold it. */
  recover?(visit: Visit, failure: StateFailure): Outcome | undefined;
  /** For tasks: the call that was in flight, once more, with the parameters that it was scheduled with. */
  recall?(visit: Visit, position: TaskPosition, parameters: Json | undefined): Call;
}

/** A branch that has ended. */
export interface Joined {
  readonly index: number;
  /** Id of the last event on its line. */
  readonly last: number;
  readonly output: JsonData;
}

/** A branch that has failed. */
export interface Abandoned {
  readonly index: number;
  readonly last: number;
  /** Type of the state it failed in. */
  readonly type: StateType;
  readonly failure: StateFailure;
  /** Ends the other branches, and answers them. */
  abortOthers(): readonly Thread[];
}

export interface Suspended {
  readonly kind: 'suspend';
  readonly position: Position;
  readonly call?: RequestedCall;
  /** What begins to run side by side. */
  readonly branches?: readonly Branch[];
}

export type Outcome =
  | { readonly kind: 'next'; readonly next: Next; readonly output: JsonData }
  | Suspended
  | { readonly kind: 'fail'; readonly failure: StateFailure };

/** What a state puts out, and which variables it assigns. */
export interface Result {
  readonly output: JsonData;
  /** An object. */
  readonly assigned?: JsonData | undefined;
}

/** How a state is left: assigns variables, notes its exit and leads on. */
export function leave(visit: Visit, next: Next, { output, assigned }: Result): Outcome {
  if (assigned === undefined) {
    visit.note(['StateExited', visit.type, visit.name, output]);
  } else {
    visit.assign(assigned);
    visit.note(['StateExited', visit.type, visit.name, output, assigned]);
  }
  return { kind: 'next', next, output };
}
