import { states } from '../errors/names.ts';
import { InterpretationFailure, StateFailure } from '../errors/state-failure.ts';
import type { HistoryEvent } from '../history/events.ts';
import { HistoryFull, maxEvents, Recorder } from '../history/recorder.ts';
import type { Outcome, State } from '../states/state.ts';
import type { Call } from '../tasks/call.ts';
import type { Ending, ExecutionState } from './execution.ts';
import type { Position } from './position.ts';
import type { Stimulus } from './stimulus.ts';
import { type Moment, Visit } from './visit.ts';

/** One step of an execution, from something that happened to where it waits next. Recorded as a whole or not at all. */
export interface Transition {
  readonly events: readonly HistoryEvent[];
  /** Where it stands now, or how it has ended. */
  readonly position: Position | Ending;
  /** What has to be done, once this is on its way to the disk. */
  readonly call: Call | undefined;
}

/** Events after which a transition stops by itself, so that a long way through states holds up nobody else. */
const eventsPerTransition = 500;

/** Moves an execution. Pure: the same arguments give the same transition. */
export function transition(execution: ExecutionState, stimulus: Stimulus, moment: Moment): Transition {
  return new Interpretation(execution, moment).run(stimulus);
}

/** The call that was in flight when the process ended, once more; `undefined` when none was. */
export function recall(execution: ExecutionState, moment: Moment): Call | undefined {
  const { position } = execution;
  if (position.kind !== 'task' || position.submitted) return undefined;
  const state = stateOf(execution, position.state);
  const visit = new Visit(execution.facts, new Recorder(execution.lastEvent), moment, {
    ...position,
    type: state.type,
  });
  visit.token = position.token;
  return state.recall?.(visit, position);
}

function stateOf({ machine }: ExecutionState, name: string): State {
  const state = machine.states.get(name);
  if (state === undefined) throw new Error(`The state machine has no state '${name}'.`);
  return state;
}

class Interpretation {
  readonly #execution: ExecutionState;
  readonly #moment: Moment;
  readonly #history: Recorder;

  constructor(execution: ExecutionState, moment: Moment) {
    this.#execution = execution;
    this.#moment = moment;
    this.#history = new Recorder(execution.lastEvent);
  }

  run(stimulus: Stimulus): Transition {
    try {
      if (stimulus.kind === 'stop')
        return this.#end('ABORTED', ['ExecutionAborted', stimulus.error, stimulus.cause]);
      if (stimulus.kind === 'expired') {
        return this.#end('TIMED_OUT', ['ExecutionTimedOut', states.timeout, undefined]);
      }
      return this.#follow(this.#first(stimulus));
    } catch (error) {
      return this.#end('FAILED', ['ExecutionFailed', states.runtime, this.#explain(error)]);
    }
  }

  /** A mistake of ours fails this execution only, and its history tells of it. */
  #explain(error: unknown): string {
    if (error instanceof HistoryFull) {
      return `The execution reached the maximum number of history events (${maxEvents}).`;
    }
    return `An internal error occurred. ${String(error)}`;
  }

  #first(stimulus: Stimulus): Outcome {
    const { position, lastEvent } = this.#execution;
    if (position.kind === 'next') {
      if (lastEvent === 0) this.#history.record(['ExecutionStarted']);
      return { kind: 'next', next: position.state, output: position.input };
    }
    const state = stateOf(this.#execution, position.state);
    const visit = this.#visit(state, position);
    if (position.kind === 'task') visit.token = position.token;
    return this.#attempt(state, visit, () => state.resume?.(visit, stimulus, position));
  }

  #follow(first: Outcome): Transition {
    let outcome = first;
    while (outcome.kind === 'next' && outcome.next !== undefined) {
      if (this.#history.events.length >= eventsPerTransition) {
        return this.#rest({ kind: 'next', state: outcome.next, input: outcome.output });
      }
      outcome = this.#enter(stateOf(this.#execution, outcome.next), outcome.output);
    }
    if (outcome.kind === 'suspend') return this.#rest(outcome.position, outcome.call);
    if (outcome.kind === 'next') return this.#end('SUCCEEDED', ['ExecutionSucceeded', outcome.output]);
    const { error, explanation } = outcome.failure;
    return this.#end('FAILED', ['ExecutionFailed', error, explanation]);
  }

  #enter(state: State, input: Visit['input']): Outcome {
    const entered = this.#history.record(['StateEntered', state.type, state.name, input]);
    const stay = { state: state.name, input, entered, enteredAt: this.#moment.at, retries: [] };
    const visit = this.#visit(state, stay);
    return this.#attempt(state, visit, () => state.enter(visit));
  }

  #visit(state: State, stay: ReturnType<Visit['stay']>): Visit {
    return new Visit(this.#execution.facts, this.#history, this.#moment, { ...stay, type: state.type });
  }

  #attempt(state: State, visit: Visit, attempt: () => Outcome | undefined): Outcome {
    try {
      const outcome = attempt();
      if (outcome !== undefined) return outcome;
      throw new Error(`State '${state.name}' cannot be resumed.`);
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      const failure = error instanceof InterpretationFailure ? error.at(visit.name, visit.entered) : error;
      return this.#recover(state, visit, failure);
    }
  }

  /** A Catch can fail as well: when its result does not fit into the input. */
  #recover(state: State, visit: Visit, failure: StateFailure): Outcome {
    try {
      return state.recover?.(visit, failure) ?? { kind: 'fail', failure };
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      return {
        kind: 'fail',
        failure: error instanceof InterpretationFailure ? error.at(visit.name, visit.entered) : error,
      };
    }
  }

  #rest(position: Position, call?: Call): Transition {
    return { events: this.#history.events, position, call };
  }

  #end(ending: Ending, event: HistoryEvent): Transition {
    this.#history.end(event);
    return { events: this.#history.events, position: ending, call: undefined };
  }
}
