import type { Clock } from '../../../shared/ports/clock.ts';
import type { Ids } from '../../../shared/ports/ids.ts';
import type { NewExecutionRow } from '../journal/journal.ts';
import type { Redrive } from '../journal/redrive.ts';
import { Deferred } from '../jsonata/deferred.ts';
import { processEnds } from '../services/service.ts';
import type { Call } from '../tasks/call.ts';
import { interrupted } from '../tasks/invoker.ts';
import type { Performer } from '../tasks/performer.ts';
import { issueToken } from '../tasks/token.ts';
import { Timers } from '../timers/timers.ts';
import { callOnce } from './call-once.ts';
import type { ExecutionFacts } from './execution.ts';
import { begin, recall, type Transition, transition } from './interpreter.ts';
import { isWaiting, type Live, type WaitingThread } from './live.ts';
import { isReady } from './position.ts';
import type { Ledger } from './record.ts';
import { redrive } from './redrive.ts';
import { Replay } from './replay.ts';
import type { Stimulus, ThreadStimulus } from './stimulus.ts';
import type { Entropy, Moment } from './visit.ts';

export interface RunnerOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'hex' | 'random'>;
  readonly performer: Performer;
  /** Keeps virtual time from moving until what it returns is called. */
  readonly hold: () => () => void;
  /** Told when an execution's end is durable, with its last transition. */
  readonly onEnd: (live: Live, last: Transition) => void;
}

/** The moment of a transition that may have to be made again. */
interface Turn extends Moment {
  readonly entropy: Replay;
}

/** Why a call is given up; without a reason of ours each would be given an exception with a stack. */
const nobodyWaits = Symbol('nobody waits for the call any more');

/** Milliseconds after which a commit that failed is asked for again. */
const commitRetryMs = 1_000;

/** Carries executions: makes transitions of what happens, writes them down, and does what they ask for. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #timers: Timers<Live>;
  readonly #entropy: Entropy;
  readonly #calls = new Set<AbortController>();
  #closed = false;

  constructor(options: RunnerOptions) {
    const { clock, ids } = options;
    this.#options = options;
    this.#timers = new Timers(clock, (live) => this.#wake(live));
    this.#entropy = {
      random: () => ids.random(),
      token: (execution, scheduled) => issueToken(execution, scheduled, ids.hex(16)),
    };
  }

  /** Writes down an execution with its first transition; what that asks for follows once it is durable. */
  start(live: Live, row?: NewExecutionRow): void {
    const at = live.facts.startedAt;
    const made = this.#transition(live, { kind: 'go' }, { at, entropy: this.#entropy });
    // It has to be written before anything else is waited for.
    this.#apply(live, made instanceof Deferred ? begin(live) : made, { at, started: row });
  }

  /** Moves an execution; does nothing with one that has ended. */
  stimulate(live: Live, stimulus: Stimulus): void {
    if (live.held !== undefined) live.held.push(() => this.stimulate(live, stimulus));
    else if (!this.#closed && live.ending === undefined && isCurrent(live, stimulus))
      this.#move(live, stimulus);
  }

  /** Moves the thread that waits for the task which that event has scheduled; does nothing if none does any more. */
  answer(live: Live, scheduled: number, happened: ThreadStimulus): void {
    if (live.held !== undefined) {
      live.held.push(() => this.answer(live, scheduled, happened));
      return;
    }
    const thread = live.waiting(scheduled);
    if (thread !== undefined) this.stimulate(live, { kind: 'thread', thread: thread.id, happened });
  }

  /** A sign of life from the worker that holds the token of a thread. */
  heartbeat(live: Live, { position }: WaitingThread): void {
    if (position.heartbeat === undefined) return;
    live.heartbeats.set(position.scheduled, this.#options.clock.now() + position.heartbeat * 1_000);
    this.#arm(live);
  }

  /** Goes on with an execution found in the journal. */
  recover(live: Live): void {
    for (const thread of live.threads.values()) if (isWaiting(thread)) this.heartbeat(live, thread);
    this.#arm(live);
    const now = this.#options.clock.now();
    if (live.wakeAt !== undefined && live.wakeAt <= now) {
      this.#wake(live);
      if (live.ending !== undefined) return;
    }
    this.#resume(live, now);
    if ([...live.threads.values()].some(({ position }) => isReady(position))) {
      this.stimulate(live, { kind: 'go' });
    }
  }

  /** Begins an execution again that has failed; it goes on once that is durable. */
  redrive(live: Live, redriven: Redrive): void {
    const made = redrive(live, redriven.count);
    this.#options.ledger.keep(live, made, { at: redriven.at, started: undefined, redriven });
    live.move(made);
    this.#arm(live);
    void this.#durable().then(() => this.stimulate(live, { kind: 'go' }));
  }

  /** Goes on with the calls that were in flight, but for those whose time is up. */
  #resume(live: Live, now: number): void {
    for (const thread of [...live.threads.values()]) {
      if (!isWaiting(thread) || !isInFlight(thread) || (thread.position.deadline ?? now + 1) <= now) continue;
      // What was due may have led to a call already.
      if (live.calls.has(thread.position.scheduled)) continue;
      const scheduling = this.#options.ledger.event(live, thread.position.scheduled);
      if (scheduling !== undefined) this.#repeat(live, recall(live, thread, scheduling, this.moment()));
    }
  }

  moment(): Moment {
    return { at: this.#options.clock.now(), entropy: this.#entropy };
  }

  /** Makes a call for a state that is tested by itself, and answers what came of it. */
  once(call: Call, facts: ExecutionFacts): Promise<ThreadStimulus> {
    const { clock, performer } = this.#options;
    return callOnce(call, facts, { clock, performer });
  }

  /** Forgets calls in flight and timers; nothing moves any more. */
  close(): void {
    this.#closed = true;
    this.#timers.close();
    for (const controller of this.#calls) controller.abort(processEnds);
  }

  /** Time has come for something. What that is, is asked once it can happen: what was held may have come before it. */
  #wake(live: Live): void {
    if (live.ending !== undefined) return;
    if (live.held !== undefined) live.held.push(() => this.#wake(live));
    else if ((live.wakeAt ?? Number.POSITIVE_INFINITY) > this.#options.clock.now()) this.#arm(live);
    else this.stimulate(live, live.reason);
  }

  /** Made again, a transition has the time and the chance that it had first: else it could ask for ever something new. */
  #move(live: Live, stimulus: Stimulus, again?: Turn): void {
    const turn = again ?? { at: this.#options.clock.now(), entropy: new Replay(this.#entropy) };
    const made = this.#transition(live, stimulus, turn);
    if (made instanceof Deferred) live.free = this.#settle(live, stimulus, made, turn);
    else this.#apply(live, made, { at: turn.at, started: undefined });
  }

  #transition(live: Live, stimulus: Stimulus, moment: Moment): Transition | Deferred {
    try {
      return transition(live, stimulus, moment);
    } catch (error) {
      if (error instanceof Deferred) return error;
      throw error;
    }
  }

  /** Has an expression evaluated elsewhere, and then makes the whole transition again. What happens meanwhile waits. */
  async #settle(
    live: Live,
    stimulus: Stimulus,
    deferred: Deferred,
    { at, entropy, settled = new Map() }: Turn,
  ): Promise<void> {
    const held: (() => void)[] = [];
    live.held = held;
    const release = this.#options.hold();
    const jobs = [deferred, ...deferred.others];
    const outcomes = await Promise.all(jobs.map(async (job) => [job.key, await job.run()] as const));
    release();
    live.held = undefined;
    live.free = undefined;
    if (this.#closed) return;
    this.#move(live, stimulus, { at, entropy: entropy.again(), settled: new Map([...settled, ...outcomes]) });
    for (const happen of held) happen();
    if (live.held === undefined) live.answered.clear();
  }

  #apply(
    live: Live,
    made: Transition,
    { at, started }: { at: number; started: NewExecutionRow | undefined },
  ): void {
    this.#options.ledger.keep(live, made, { at, started });
    live.move(made);
    this.#giveUp(live);
    if (live.ending !== undefined) {
      this.#timers.clear(live);
      void this.#durable('wait').then(() => this.#options.onEnd(live, made));
      return;
    }
    for (const call of made.calls) {
      const thread = live.waiting(call.scheduled);
      if (thread !== undefined) this.heartbeat(live, thread);
      void this.#call(live, call, started !== undefined);
    }
    if (made.threads.some(({ position }) => isReady(position))) this.#goOn(live);
    this.#arm(live);
  }

  /** Lets others go first. */
  #goOn(live: Live): void {
    setImmediate(() => this.stimulate(live, { kind: 'go' }));
  }

  /** Aborts the calls that nobody waits for any more. */
  #giveUp(live: Live): void {
    if (live.calls.size === 0) return;
    const awaited = live.ending === undefined ? live.awaited() : new Set();
    for (const [scheduled, controller] of live.calls) {
      if (awaited.has(scheduled)) continue;
      live.calls.delete(scheduled);
      live.heartbeats.delete(scheduled);
      this.#calls.delete(controller);
      controller.abort(nobodyWaits);
    }
  }

  /** A call that was in flight: made again, or ended where that is not allowed. */
  #repeat(live: Live, call: Call | undefined): void {
    if (call === undefined) return;
    if (call.submission === undefined && this.#options.performer.repeatable(call, live.facts) === false) {
      this.answer(live, call.scheduled, interrupted(call));
    } else {
      void this.#call(live, call);
    }
  }

  #arm(live: Live): void {
    const at = live.wakeAt;
    if (at === undefined) this.#timers.clear(live);
    else this.#timers.set(live, at);
  }

  /**
   * Makes a call and moves on with its answer. What others rely on has to be durable first: an execution's start, a
   * token that is handed out, the claim of a call that must not be made twice.
   */
  async #call(live: Live, call: Call, first = false): Promise<void> {
    const { performer } = this.#options;
    const controller = new AbortController();
    live.calls.set(call.scheduled, controller);
    const claimed = first || call.token !== undefined || performer.repeatable(call, live.facts) === false;
    if (claimed) await this.#durable();
    if (this.#closed || controller.signal.aborted) return;
    this.#calls.add(controller);
    const tell = (happened: ThreadStimulus): void => {
      if (isAwaited(live, call, happened)) this.answer(live, call.scheduled, happened);
    };
    await performer.perform(call, { facts: live.facts, signal: controller.signal, tell });
    this.#calls.delete(controller);
  }

  /** Resolves when what was written is on the disk, however often that takes; at once after closing. */
  async #durable(pace: 'hurry' | 'wait' = 'hurry'): Promise<void> {
    while (!this.#closed) {
      try {
        return await this.#options.ledger.settled(pace);
      } catch {
        const { clock } = this.#options;
        await new Promise<void>((resolve) => clock.at(clock.now() + commitRetryMs, resolve));
      }
    }
  }
}

/** Whether a call was under way, or the end of a job that it has started is awaited: parked ones wait for their token. */
function isInFlight({ position }: WaitingThread): boolean {
  return !position.submitted || position.submission !== undefined;
}

/** Whether the thread that something has happened to is still there to be told. */
function isCurrent({ threads }: Live, stimulus: Stimulus): boolean {
  return stimulus.kind !== 'thread' || threads.has(stimulus.thread);
}

/** Whether what a call says is still waited for: it may have timed out, or its token been answered first. */
function isAwaited(live: Live, { scheduled, pattern }: Call, { kind }: ThreadStimulus): boolean {
  const thread = live.waiting(scheduled);
  if (live.ending !== undefined || thread === undefined) return false;
  if (kind === 'token-succeeded' || kind === 'token-failed') return true;
  return !thread.position.submitted || (pattern === 'sync' && kind !== 'submitted');
}
