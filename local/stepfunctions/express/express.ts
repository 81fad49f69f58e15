import type { Clock } from '../../../shared/ports/clock.ts';
import type { Ids } from '../../../shared/ports/ids.ts';
import type { Machine } from '../definition/machine.ts';
import type { Ending, ExecutionFacts } from '../executions/execution.ts';
import type { Transition } from '../executions/interpreter.ts';
import { Live } from '../executions/live.ts';
import type { Ledger } from '../executions/record.ts';
import { Runner } from '../executions/runner.ts';
import { type ExecutionResult, resultOfEvent } from '../history/result.ts';
import type { Performer } from '../tasks/performer.ts';

export interface ExpressOptions {
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'hex' | 'random'>;
  readonly performer: Performer;
  /** Keeps virtual time from moving until what it returns is called. */
  readonly hold: () => () => void;
  /** Told when an execution has ended. */
  readonly onEnd: (facts: ExecutionFacts) => void;
}

/** How an Express execution has ended. */
export interface ExpressEnd {
  readonly status: Ending;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly result: ExecutionResult;
}

export interface ExpressRun {
  readonly facts: ExecutionFacts;
  /** `undefined` when the engine has closed before. */
  readonly ended: Promise<ExpressEnd | undefined>;
}

type Settle = (end: ExpressEnd | undefined) => void;

/** Keeps nothing: an Express execution has no history, and ends with its process. */
const nothingKept: Ledger = { keep() {}, settled: () => Promise.resolve(), event: () => undefined };

/** Express executions: the same interpreter and runner, in memory alone. What has ended leaves nothing behind. */
export class ExpressExecutions {
  readonly #options: ExpressOptions;
  readonly #runner: Runner;
  readonly #running = new Map<Live, Settle>();

  constructor(options: ExpressOptions) {
    const { onEnd: _, ...parts } = options;
    this.#options = options;
    const onEnd = (live: Live, last: Transition): void => this.#end(live, last);
    this.#runner = new Runner({ ...parts, ledger: nothingKept, onEnd });
  }

  /** How many run. */
  get size(): number {
    return this.#running.size;
  }

  /** Whether an execution of a state machine runs. */
  runs(machine: string): boolean {
    return this.#running.keys().some(({ facts }) => facts.machineName === machine);
  }

  /** Begins an execution; `startAt`: its first state, where that is not the machine's. */
  begin(facts: ExecutionFacts, machine: Machine, startAt?: string): ExpressRun {
    const live = Live.atStart(facts, machine, startAt);
    const { promise: ended, resolve } = Promise.withResolvers<ExpressEnd | undefined>();
    this.#running.set(live, resolve);
    this.#runner.start(live);
    return { facts, ended };
  }

  /** Ends the executions that this is said of. */
  stop(which: (facts: ExecutionFacts) => boolean): void {
    for (const live of [...this.#running.keys()]) {
      if (which(live.facts))
        this.#runner.stimulate(live, { kind: 'stop', error: undefined, cause: undefined });
    }
  }

  /** Forgets whatever runs. */
  close(): void {
    this.#runner.close();
    for (const settle of this.#running.values()) settle(undefined);
    this.#running.clear();
  }

  #end(live: Live, { ending: status, events }: Transition): void {
    const settle = this.#running.get(live);
    if (settle === undefined || status === undefined) return;
    this.#running.delete(live);
    settle({ status, at: this.#options.clock.now(), result: resultOfEvent(events.at(-1)?.event) });
    this.#options.onEnd(live.facts);
  }
}
