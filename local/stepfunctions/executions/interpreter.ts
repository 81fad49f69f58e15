import { Effort } from '../data-flow/effort.ts';
import { states } from '../errors/names.ts';
import { EvaluationFailure, InterpretationFailure, StateFailure } from '../errors/state-failure.ts';
import type { HistoryEvent } from '../history/events.ts';
import { HistoryFull, maxEvents, type NotedEvent, Recorder } from '../history/recorder.ts';
import { scheduledParameters } from '../history/scheduled.ts';
import { Deferred } from '../jsonata/deferred.ts';
import type { Outcome, State, Suspended } from '../states/state.ts';
import type { Call } from '../tasks/call.ts';
import type { Ending, ExecutionState } from './execution.ts';
import type { WaitingThread } from './live.ts';
import { isReady, type Position, type Stay } from './position.ts';
import { remainsOf } from './remains.ts';
import type { Stimulus, ThreadStimulus } from './stimulus.ts';
import { type Branch, rootThread, type Thread } from './thread.ts';
import { type Moment, type Surroundings, Visit } from './visit.ts';

/** One step of an execution, from something that happened to where it waits next. Recorded as a whole or not at all. */
export interface Transition {
  readonly events: readonly NotedEvent[];
  /** How the execution has ended, if it has. */
  readonly ending: Ending | undefined;
  /** The threads that have moved or begun, as they stand now; of an execution that has failed, all that it can begin again with. */
  readonly threads: readonly Thread[];
  /** Numbers of those that have ended. */
  readonly gone: readonly number[];
  /** What has to be done, once this is on its way to the disk. */
  readonly calls: readonly Call[];
}

/** Events after which a transition stops by itself, so that a long way through states holds up nobody else. */
const eventsPerTransition = 500;

/**
 * Moves an execution. Pure: the same arguments give the same transition. Throws `Deferred` where an expression has to be
 * evaluated elsewhere first; then nothing has happened.
 */
export function transition(execution: ExecutionState, stimulus: Stimulus, moment: Moment): Transition {
  return new Interpretation(execution, moment).run(stimulus);
}

/** The first transition of an execution whose first state needs something evaluated elsewhere: it has begun. */
export function begin({ threads }: ExecutionState): Transition {
  const events = [{ event: ['ExecutionStarted'], previous: 0 } as const];
  return { events, ending: undefined, threads: [...threads.values()], gone: [], calls: [] };
}

/**
 * The call of a thread that was in flight when the process ended, once more: with the parameters that its scheduling was
 * noted with, as expressions may come to something else this time.
 */
export function recall(
  execution: ExecutionState,
  thread: WaitingThread,
  scheduling: HistoryEvent,
  moment: Moment,
): Call | undefined {
  return new Interpretation(execution, moment).recall(thread, scheduling);
}

class Interpretation implements Surroundings {
  readonly facts: ExecutionState['facts'];
  readonly history: Recorder;
  readonly moment: Moment;
  readonly effort = new Effort();
  readonly #execution: ExecutionState;
  readonly #threads = new Map<number, Thread>();
  readonly #gone = new Set<number>();
  /** Those of them that have failed or were aborted, as they stood. */
  readonly #lost = new Map<number, Thread>();
  readonly #calls: Call[] = [];
  readonly #runnable: Thread[] = [];
  #nextThread: number;
  #ending: Ending | undefined;

  constructor(execution: ExecutionState, moment: Moment) {
    this.#execution = execution;
    this.facts = execution.facts;
    this.moment = moment;
    this.history = new Recorder(execution.lastEvent, execution.facts.express ? Infinity : maxEvents);
    this.#nextThread = 1 + Math.max(...execution.threads.keys());
  }

  run(stimulus: Stimulus): Transition {
    try {
      this.#begin(stimulus);
      this.#drain();
    } catch (error) {
      if (error instanceof Deferred) throw error;
      const { last } = this.thread(rootThread);
      this.#end('FAILED', ['ExecutionFailed', states.runtime, explain(error)], last);
    }
    const ended = this.#ending !== undefined;
    return {
      events: this.history.events,
      ending: this.#ending,
      threads: ended ? this.#remains() : [...this.#threads.values()],
      gone: ended ? [] : [...this.#gone],
      calls: ended ? [] : this.#calls.filter(({ thread }) => !this.#gone.has(thread)),
    };
  }

  recall({ id, position }: WaitingThread, scheduling: HistoryEvent): Call | undefined {
    const state = this.#state(position.state);
    const visit = this.#visit(this.thread(id), state, position);
    visit.token = position.token;
    return state.recall?.(visit, position, scheduledParameters(scheduling));
  }

  #remains(): readonly Thread[] {
    if (this.#ending === 'SUCCEEDED' || this.facts.express) return [];
    const stood = [...this.#execution.threads].filter(([id]) => !this.#gone.has(id));
    const threads = new Map([...stood, ...this.#threads, ...this.#lost]);
    return remainsOf(threads.values(), rootThread);
  }

  /** The thread of that number, to be moved in this transition only. */
  thread(id: number): Thread {
    const taken = this.#threads.get(id);
    if (taken !== undefined) return taken;
    const stands = this.#execution.threads.get(id);
    if (stands === undefined) throw new Error(`The execution has no thread ${id}.`);
    const thread = { ...stands };
    this.#threads.set(id, thread);
    return thread;
  }

  #begin(stimulus: Stimulus): void {
    const { last } = this.#execution.threads.get(rootThread) as Thread;
    switch (stimulus.kind) {
      case 'stop':
        this.#end('ABORTED', ['ExecutionAborted', stimulus.error, stimulus.cause], last);
        break;
      case 'expired':
        this.#end('TIMED_OUT', ['ExecutionTimedOut', states.timeout, undefined], last);
        break;
      case 'go':
        this.#go();
        break;
      case 'thread':
        this.#wake(this.thread(stimulus.thread), stimulus.happened);
    }
  }

  /** Lets every thread run that stands before a state. */
  #go(): void {
    if (this.#execution.lastEvent === 0) this.history.record(['ExecutionStarted'], 0);
    for (const { id, position } of this.#execution.threads.values()) {
      if (isReady(position)) this.#runnable.push(this.thread(id));
    }
  }

  #wake(thread: Thread, happened: ThreadStimulus): void {
    const { position } = thread;
    if (position.kind === 'next' || position.kind === 'entered')
      throw new Error('A thread that waits for nothing was woken.');
    const state = this.#state(position.state);
    const visit = this.#visit(thread, state, position);
    if (position.kind === 'task') visit.token = position.token;
    this.#follow(
      thread,
      this.#attempt(state, visit, () => state.resume?.(visit, happened, position)),
    );
  }

  #drain(): void {
    for (;;) {
      const thread = this.#runnable.shift();
      if (thread === undefined || this.#ending !== undefined) return;
      const { position } = thread;
      if (this.#gone.has(thread.id)) continue;
      if (position.kind === 'entered') this.#follow(thread, this.#again(thread, position));
      if (position.kind === 'next')
        this.#follow(thread, { kind: 'next', next: position.state, output: position.input });
    }
  }

  /** Takes a thread from an outcome to where it waits next. */
  #follow(thread: Thread, first: Outcome): void {
    let outcome = first;
    while (outcome.kind === 'next' && outcome.next !== undefined) {
      if (this.history.events.length >= eventsPerTransition || this.effort.isLarge) {
        thread.position = { kind: 'next', state: outcome.next, input: outcome.output };
        return;
      }
      outcome = this.#enter(thread, this.#state(outcome.next), outcome.output);
    }
    if (outcome.kind === 'suspend') this.#suspend(thread, outcome);
    else if (outcome.kind === 'next') this.#complete(thread, outcome.output);
    else this.#fail(thread, outcome.failure);
  }

  #enter(thread: Thread, state: State, input: Visit['input']): Outcome {
    const entered = this.history.record(['StateEntered', state.type, state.name, input], thread.last);
    thread.last = entered;
    if (this.#lost.size > 0) this.#lose(thread);
    const enteredAt = this.moment.at;
    const position = { kind: 'entered', state: state.name, input, entered, enteredAt, retries: [] } as const;
    thread.position = position;
    return this.#run(thread, state, position);
  }

  /** Runs a state that has been entered before. */
  #again(thread: Thread, stay: Stay): Outcome {
    return this.#run(thread, this.#state(stay.state), stay);
  }

  #run(thread: Thread, state: State, stay: Stay): Outcome {
    const visit = this.#visit(thread, state, stay);
    return this.#attempt(state, visit, () => state.enter(visit));
  }

  /** What became of branches counts no longer once their state is left. */
  #lose(parent: Thread): void {
    for (const [id, { parent: of }] of this.#lost) if (of === parent.id) this.#lost.delete(id);
  }

  #suspend(thread: Thread, { position, call, branches = [] }: Suspended): void {
    thread.position = position;
    if (call !== undefined) this.#calls.push({ ...call, thread: thread.id });
    for (const branch of branches) this.#fork(thread, branch);
  }

  #fork(parent: Thread, { index, startAt, input, last }: Branch): void {
    const id = this.#nextThread;
    this.#nextThread += 1;
    const position: Position = { kind: 'next', state: startAt, input };
    const thread = { id, parent: parent.id, index, last, variables: undefined, position };
    this.#threads.set(id, thread);
    this.#runnable.push(thread);
  }

  /** The last state of a thread has been left. */
  #complete(thread: Thread, output: Visit['input']): void {
    if (thread.parent === undefined) {
      this.#end('SUCCEEDED', ['ExecutionSucceeded', output], thread.last);
      return;
    }
    this.#join(thread, (state, visit, position) =>
      state.join?.(visit, position, { index: thread.index, last: thread.last, output }),
    );
  }

  /** A failure that its state did not hold ends the thread, and the state that waits for it. */
  #fail(thread: Thread, failure: StateFailure): void {
    if (thread.parent === undefined) {
      const { error, explanation } = failure;
      this.#end('FAILED', ['ExecutionFailed', error, explanation], thread.last);
      return;
    }
    const { index, last } = thread;
    const { type } = this.#state(thread.position.state);
    this.#lost.set(thread.id, { ...thread });
    this.#join(thread, (state, visit, position) =>
      state.abandon?.(visit, position, {
        index,
        last,
        type,
        failure,
        abortOthers: () => this.#abort(visit.thread),
      }),
    );
  }

  #join(child: Thread, act: (state: State, visit: Visit, position: Position) => Outcome | undefined): void {
    this.#drop(child);
    const parent = this.thread(child.parent as number);
    const { position } = parent;
    if (position.kind === 'next' || position.kind === 'entered')
      throw new Error('A branch has ended that nobody waits for.');
    const state = this.#state(position.state);
    const visit = this.#visit(parent, state, position);
    const outcome = this.#attempt(state, visit, () => act(state, visit, position));
    // A state may be over before all of its branches are: when the next one cannot be begun.
    if (outcome.kind !== 'suspend' || outcome.position.kind !== position.kind) this.#abort(parent);
    this.#follow(parent, outcome);
  }

  /** Ends whatever still runs below a thread; answers its branches. */
  #abort(parent: Thread): readonly Thread[] {
    const all = new Map([...this.#execution.threads, ...this.#threads]).values();
    const present = [...all].filter(({ id }) => !this.#gone.has(id));
    return this.#abortBelow(
      parent,
      Map.groupBy(present, (thread) => thread.parent),
    );
  }

  #abortBelow(
    parent: Thread,
    byParent: ReadonlyMap<number | undefined, readonly Thread[]>,
  ): readonly Thread[] {
    const children = byParent.get(parent.id) ?? [];
    for (const child of children) {
      this.#abortBelow(child, byParent);
      this.#drop(child);
      this.#lost.set(child.id, { ...child });
      const { kind, state } = child.position;
      if (kind !== 'next') this.history.record(['StateAborted', this.#state(state).type], child.last);
    }
    return children;
  }

  #drop({ id }: Thread): void {
    this.#gone.add(id);
    this.#threads.delete(id);
  }

  #state(name: string): State {
    const state = this.#execution.machine.states.get(name);
    if (state === undefined) throw new Error(`The state machine has no state '${name}'.`);
    return state;
  }

  #visit(thread: Thread, { type }: State, stay: Stay): Visit {
    return new Visit(this, thread, { ...stay, type });
  }

  #attempt(state: State, visit: Visit, attempt: () => Outcome | undefined): Outcome {
    try {
      const outcome = attempt();
      if (outcome !== undefined) return outcome;
      throw new Error(`State '${state.name}' cannot go on.`);
    } catch (error) {
      return this.#recover(state, visit, this.#located(visit, error));
    }
  }

  /** A Catch can fail as well: when its result does not fit into the input. */
  #recover(state: State, visit: Visit, failure: StateFailure): Outcome {
    try {
      return state.recover?.(visit, failure) ?? { kind: 'fail', failure };
    } catch (error) {
      return { kind: 'fail', failure: this.#located(visit, error) };
    }
  }

  /** A failure of interpretation is told with its state; one of an expression is an event of its own. */
  #located(visit: Visit, error: unknown): StateFailure {
    if (!(error instanceof StateFailure)) throw error;
    if (!(error instanceof InterpretationFailure)) return error;
    const failure = error.at(visit.name, visit.entered);
    if (error instanceof EvaluationFailure) {
      const { thread, name } = visit;
      const early = thread.last === visit.entered && !error.late;
      const previous = early ? this.history.previousOf(visit.entered) : undefined;
      const event: HistoryEvent = [
        'EvaluationFailed',
        failure.error,
        failure.explanation,
        name,
        error.location,
      ];
      thread.last = this.history.record(event, previous ?? thread.last);
    }
    return failure;
  }

  #end(ending: Ending, event: HistoryEvent, last: number): void {
    this.history.end(event, last);
    this.#ending = ending;
  }
}

/** A mistake of ours fails this execution only, and its history tells of it. */
function explain(error: unknown): string {
  if (error instanceof HistoryFull) {
    return `The execution reached the maximum number of history events (${maxEvents}).`;
  }
  return `An internal error occurred. ${String(error)}`;
}
