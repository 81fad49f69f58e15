import type { JsonData } from '../data-flow/json-data.ts';
import type { Next } from '../definition/common-fields.ts';
import type { StateFailure } from '../errors/state-failure.ts';
import type { Position, TaskPosition } from '../executions/position.ts';
import type { Stimulus } from '../executions/stimulus.ts';
import type { Visit } from '../executions/visit.ts';
import type { StateType } from '../history/events.ts';
import type { Call } from '../tasks/call.ts';

/** A compiled state. It does no I/O: it notes events in the visit's history and says what follows. */
export interface State {
  readonly name: string;
  readonly type: StateType;
  /** Every state this one may lead to. */
  readonly targets: readonly string[];
  /** Throws `StateFailure`. */
  enter(visit: Visit): Outcome;
  /** For states that wait: goes on when something has happened. Throws `StateFailure`. */
  resume?(visit: Visit, stimulus: Stimulus, position: Position): Outcome;
  /** For states with Retry and Catch: what follows a failure, if they hold it. */
  recover?(visit: Visit, failure: StateFailure): Outcome | undefined;
  /** For tasks: the call that was in flight, once more. */
  recall?(visit: Visit, position: TaskPosition): Call;
}

export type Outcome =
  | { readonly kind: 'next'; readonly next: Next; readonly output: JsonData }
  | { readonly kind: 'suspend'; readonly position: Position; readonly call?: Call }
  | { readonly kind: 'fail'; readonly failure: StateFailure };

/** How a state is left: notes its exit and leads on. */
export function leave(visit: Visit, type: StateType, next: Next, output: JsonData): Outcome {
  visit.history.record(['StateExited', type, visit.name, output]);
  return { kind: 'next', next, output };
}
