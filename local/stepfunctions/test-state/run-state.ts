import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { Effort } from '../data-flow/effort.ts';
import { JsonData } from '../data-flow/json-data.ts';
import { StateFailure } from '../errors/state-failure.ts';
import type { ExecutionFacts } from '../executions/execution.ts';
import type { Position } from '../executions/position.ts';
import type { ThreadStimulus } from '../executions/stimulus.ts';
import { rootThread, type Thread } from '../executions/thread.ts';
import { type Moment, Visit } from '../executions/visit.ts';
import { Recorder } from '../history/recorder.ts';
import { Deferred } from '../jsonata/deferred.ts';
import type { Outcome, State, Suspended } from '../states/state.ts';
import type { Mocked } from './check-mock.ts';
import { givenContext, testContext } from './context.ts';
import { Inspection } from './inspection.ts';
import type { MakeCall } from './laboratory.ts';
import { type ItemsAsked, type ItemsTold, tellItems } from './map-items.ts';
import { mockedAnswer, mockedBranches } from './mocked-outcome.ts';

/** A state, and what it is to be tested with. */
export interface StateTest {
  readonly state: State;
  readonly facts: ExecutionFacts;
  readonly variables: JsonObject;
  /** In place of its work; without it, a task is really done. */
  readonly mocked: Mocked | undefined;
  /** In place of the context object. */
  readonly context: JsonObject | undefined;
  /** How often it has been tried again before, by each of so many retriers. */
  readonly retries: number;
  readonly retriers: number;
  /** How many iterations of a Map have failed. */
  readonly failedIterations: number;
  /** What is to be told of the items of a distributed Map. */
  readonly items: ItemsAsked;
}

/** What came of it. */
export interface StateRun {
  /** Its failure, whether or not that is held by Retry or Catch. */
  readonly failure: StateFailure | undefined;
  readonly outcome: Outcome;
  readonly inspection: Inspection;
}

/** Lets one state run, as in an execution that has just entered it. */
export async function runState(test: StateTest, moment: Moment, makeCall: MakeCall): Promise<StateRun> {
  const settled = new Map<string, unknown>();
  let found: Found = {};
  for (;;) {
    try {
      return new Run(test, { ...moment, settled }, found).run();
    } catch (error) {
      if (error instanceof Deferred) settled.set(error.key, await error.run());
      else if (error instanceof Needed) found = { ...found, ...(await error.find(test, makeCall)) };
      else throw error;
    }
  }
}

/** What had to be found out while the state ran. */
interface Found {
  /** What came of its call. */
  readonly answer?: ThreadStimulus;
  /** What its child executions would have been given. */
  readonly items?: ItemsTold;
}

/** Thrown where the state needs something that takes time: it is found, and the state run again with that at hand. */
class Needed extends Error {
  override readonly name = 'Needed';
  readonly find: (test: StateTest, makeCall: MakeCall) => Promise<Found>;

  constructor(find: Needed['find']) {
    super('Something has to be found out.');
    this.find = find;
  }
}

class Run {
  readonly #test: StateTest;
  readonly #found: Found;
  readonly #inspection = new Inspection();
  readonly #thread: Thread;
  readonly #visit: Visit;

  constructor(test: StateTest, moment: Moment, found: Found) {
    const { state, facts, context, retries, retriers } = test;
    this.#test = test;
    this.#found = found;
    const { input } = facts;
    const position: Position = { kind: 'next', state: state.name, input };
    const variables = JsonData.of(test.variables);
    this.#thread = { id: rootThread, parent: undefined, index: 0, last: 1, variables, position };
    const around = {
      facts,
      history: new Recorder(1),
      moment,
      effort: new Effort(),
      thread: () => this.#thread,
      context: (visit: Visit) =>
        context === undefined ? testContext(visit, retries) : givenContext(visit, context),
      probe: (name: string, value: Json) => this.#inspection.tell(name, value),
    };
    const counts = Array.from({ length: retriers }, () => retries);
    const stay = { state: state.name, input, entered: 1, enteredAt: moment.at, retries: counts };
    this.#visit = new Visit(around, this.#thread, { ...stay, type: state.type });
  }

  run(): StateRun {
    const run = this.#attempt();
    const variables = this.#thread.variables?.value as JsonObject;
    if (Object.keys(variables).length > 0) this.#inspection.tell('variables', variables);
    return { ...run, inspection: this.#inspection };
  }

  #attempt(): Omit<StateRun, 'inspection'> {
    const { state } = this.#test;
    try {
      const entered = state.enter(this.#visit);
      const outcome = this.#goOn(entered);
      return { outcome, failure: outcome.kind === 'fail' ? outcome.failure : undefined };
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      return this.#recover(error);
    }
  }

  /** A Catch can fail as well: then that counts. */
  #recover(failure: StateFailure): Omit<StateRun, 'inspection'> {
    const { state } = this.#test;
    try {
      const outcome = state.recover?.(this.#visit, failure) ?? { kind: 'fail', failure };
      if (outcome.kind === 'suspend' && outcome.position.kind === 'retry') {
        const seconds = Math.round((outcome.position.until - this.#visit.at) / 1_000);
        this.#inspection.tell('retryBackoffIntervalSeconds', seconds);
      }
      return { outcome, failure };
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      return { outcome: { kind: 'fail', failure: error }, failure: error };
    }
  }

  /** Nothing is waited for: a Wait is over at once, a task or branches have come to what the mock says. */
  #goOn(entered: Outcome): Outcome {
    const { state, mocked, failedIterations: failed } = this.#test;
    if (mocked !== undefined && state.type !== 'Task') {
      this.#tellItems(entered);
      return mockedBranches(state, this.#visit, { mocked, failed, inspection: this.#inspection });
    }
    if (entered.kind !== 'suspend') return entered;
    const { position, call } = entered;
    if (call !== undefined) return this.#resume(position, this.#answerTo(call));
    if (position.kind === 'wait') return this.#resume(position, { kind: 'due' });
    throw new Error(`State '${state.name}' cannot be tested without a mock.`);
  }

  #answerTo(requested: NonNullable<Suspended['call']>): ThreadStimulus {
    const { mocked } = this.#test;
    if (mocked !== undefined) return mockedAnswer(mocked, requested.pattern === 'token');
    const call = { ...requested, thread: rootThread };
    const { answer } = this.#found;
    if (answer !== undefined) return answer;
    throw new Needed(async ({ facts }, makeCall) => ({ answer: await makeCall(call, facts) }));
  }

  #tellItems(entered: Outcome): void {
    const target = entered.kind === 'suspend' ? entered.call?.target : undefined;
    if (target?.kind !== 'map-run') return;
    const { items } = this.#found;
    if (items === undefined) {
      const order = target.order(new Map());
      throw new Needed(async ({ items: asked }) => ({ items: await tellItems(order, asked) }));
    }
    if (items.kind === 'failed') throw items.failure;
    for (const [name, value] of items.data) this.#inspection.tell(name, value);
  }

  #resume(position: Position, happened: ThreadStimulus): Outcome {
    const { state } = this.#test;
    const outcome = state.resume?.(this.#visit, happened, position);
    if (outcome === undefined) throw new Error(`State '${state.name}' cannot go on.`);
    return outcome;
  }
}
