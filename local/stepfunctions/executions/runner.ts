import type { Clock } from '../../../shared/ports/clock.ts';
import type { Ids } from '../../../shared/ports/ids.ts';
import type { LambdaFunction, LambdaFunctions } from '../functions.ts';
import type { Journal, NewExecutionRow } from '../journal/journal.ts';
import type { Call } from '../tasks/call.ts';
import { functionNameOf } from '../tasks/integrations.ts';
import { interrupted, invoke, notFound } from '../tasks/invoker.ts';
import { issueToken } from '../tasks/token.ts';
import { Timers } from '../timers/timers.ts';
import { recall, type Transition, transition } from './interpreter.ts';
import type { Live } from './live.ts';
import { record } from './record.ts';
import type { Stimulus } from './stimulus.ts';
import type { Entropy, Moment } from './visit.ts';

export interface RunnerOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'hex' | 'random'>;
  readonly functions: LambdaFunctions;
  /** Told when an execution's end is durable. */
  readonly onEnd: (live: Live) => void;
}

/** Milliseconds after which a commit that failed is asked for again. */
const commitRetryMs = 1_000;

/** Carries executions: makes transitions of what happens, writes them down, and does what they ask for. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #timers: Timers<Live>;
  readonly #entropy: Entropy;
  #closed = false;

  constructor(options: RunnerOptions) {
    const { clock, ids } = options;
    this.#options = options;
    this.#timers = new Timers(clock, (live) => this.stimulate(live, live.reason));
    this.#entropy = {
      random: () => ids.random(),
      token: (execution, scheduled) => issueToken(execution, scheduled, ids.hex(16)),
    };
  }

  /** Writes down an execution with its first transition; what that asks for follows once it is durable. */
  start(live: Live, row: NewExecutionRow): void {
    const at = row.startedAt;
    this.#apply(live, transition(live, { kind: 'go' }, this.#moment(at)), { at, started: row });
  }

  /** Moves an execution; does nothing with one that has ended. */
  stimulate(live: Live, stimulus: Stimulus): void {
    if (this.#closed || live.ending !== undefined) return;
    const at = this.#options.clock.now();
    this.#apply(live, transition(live, stimulus, this.#moment(at)), { at, started: undefined });
  }

  /** A sign of life from the worker that holds its token. */
  heartbeat(live: Live): void {
    const { position } = live;
    if (position.kind !== 'task' || position.heartbeat === undefined) return;
    live.heartbeatBy = this.#options.clock.now() + position.heartbeat * 1_000;
    this.#arm(live);
  }

  /** Goes on with an execution found in the journal. */
  recover(live: Live): void {
    this.heartbeat(live);
    this.#arm(live);
    const now = this.#options.clock.now();
    const overdue = live.wakeAt !== undefined && live.wakeAt <= now;
    if (overdue) return;
    if (live.position.kind === 'next') this.stimulate(live, { kind: 'go' });
    else this.#repeat(live, recall(live, this.#moment(now)));
  }

  /** Forgets calls in flight and timers; nothing moves any more. */
  close(): void {
    this.#closed = true;
    this.#timers.close();
  }

  #apply(
    live: Live,
    made: Transition,
    { at, started }: { at: number; started: NewExecutionRow | undefined },
  ): void {
    const entry = record(live, made, { at, started });
    this.#options.journal.write(entry);
    live.transitions += 1;
    live.lastEvent = entry.transition.lastEvent;
    if (typeof made.position === 'string') {
      live.ending = made.position;
      this.#timers.clear(live);
      void this.#durable('wait').then(() => this.#options.onEnd(live));
      return;
    }
    live.position = made.position;
    if (made.position.kind === 'next') {
      setImmediate(() => this.stimulate(live, { kind: 'go' }));
    } else if (made.call !== undefined) {
      live.heartbeatBy = undefined;
      this.heartbeat(live);
      void this.#call(live, made.call, started !== undefined);
    }
    this.#arm(live);
  }

  /** A call that was in flight: made again, or ended where that is not allowed. */
  #repeat(live: Live, call: Call | undefined): void {
    if (call === undefined) return;
    if (this.#function(call)?.repeatable === false) this.stimulate(live, interrupted);
    else void this.#call(live, call);
  }

  #arm(live: Live): void {
    const at = live.wakeAt;
    if (at === undefined) this.#timers.clear(live);
    else this.#timers.set(live, at);
  }

  /**
   * Calls a function and moves on with its answer. What others rely on has to be durable first: an execution's start,
   * a token that is handed out, the claim of a call that must not be made twice.
   */
  async #call(live: Live, call: Call, first = false): Promise<void> {
    const lambda = this.#function(call);
    const claimed = first || call.token !== undefined || lambda?.repeatable === false;
    if (claimed) await this.#durable();
    if (this.#closed) return;
    const stimulus =
      lambda === undefined ? notFound(call.functionName) : await invoke(lambda, call.payload.text);
    if (isAwaited(live, call)) this.stimulate(live, stimulus);
  }

  #function(call: Call): LambdaFunction | undefined {
    return this.#options.functions[functionNameOf(call.functionName)];
  }

  /** Resolves when what was written is on the disk, however often that takes; at once after closing. */
  async #durable(pace: 'hurry' | 'wait' = 'hurry'): Promise<void> {
    while (!this.#closed) {
      try {
        return await this.#options.journal.settled(pace);
      } catch {
        const { clock } = this.#options;
        await new Promise<void>((resolve) => clock.at(clock.now() + commitRetryMs, resolve));
      }
    }
  }

  #moment(at: number): Moment {
    return { at, entropy: this.#entropy };
  }
}

/** Whether the answer of a call is still waited for: it may have timed out, or its token been answered first. */
function isAwaited({ position, ending }: Live, { scheduled }: Call): boolean {
  return (
    ending === undefined &&
    position.kind === 'task' &&
    position.scheduled === scheduled &&
    !position.submitted
  );
}
