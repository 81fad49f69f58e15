import type { Clock } from '../ports/clock.ts';
import type { RunWait, RunWatch } from '../ports/run-watch.ts';

interface Known {
  readonly seq: number;
  readonly ended: boolean;
}

interface Waiter {
  readonly reached: (known: Known) => boolean;
  readonly resolve: () => void;
}

/** Runs whose last news is remembered, so that what came between a look and a wait is not missed. */
const rememberedRuns = 10_000;

/** Wakes the waiting requests of one process. */
export class MemoryRunWatch implements RunWatch {
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();
  readonly #waiters = new Map<string, Set<Waiter>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  appended(tenant: string, run: string, seq: number, ended: boolean): void {
    const key = keyOf(tenant, run);
    const known = this.#remember(key, { seq, ended });
    const waiters = this.#waiters.get(key);
    if (!waiters) return;
    for (const waiter of waiters) if (waiter.reached(known)) waiter.resolve();
  }

  beyond(tenant: string, run: string, wait: RunWait & { readonly after: number }): Promise<void> {
    return this.#wait(keyOf(tenant, run), (known) => known.seq > wait.after, wait);
  }

  ended(tenant: string, run: string, wait: RunWait): Promise<void> {
    return this.#wait(keyOf(tenant, run), (known) => known.ended, wait);
  }

  /** How many wait. */
  get waiting(): number {
    let count = 0;
    for (const waiters of this.#waiters.values()) count += waiters.size;
    return count;
  }

  /** News may come out of order: the later state is kept, and the runs heard of longest ago are forgotten. */
  #remember(key: string, news: Known): Known {
    const before = this.#known.get(key);
    const known = before && before.seq > news.seq ? before : news;
    this.#known.delete(key);
    this.#known.set(key, known);
    if (this.#known.size > rememberedRuns) this.#known.delete(this.#known.keys().next().value as string);
    return known;
  }

  #wait(key: string, reached: Waiter['reached'], { timeoutMs, signal }: RunWait): Promise<void> {
    const known = this.#known.get(key);
    if (timeoutMs <= 0 || signal?.aborted || (known && reached(known))) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        callOff();
        signal?.removeEventListener('abort', done);
        this.#forget(key, waiter);
        resolve();
      };
      const waiter: Waiter = { reached, resolve: done };
      const callOff = this.#clock.at(this.#clock.now() + timeoutMs, done);
      signal?.addEventListener('abort', done);
      this.#add(key, waiter);
    });
  }

  #add(key: string, waiter: Waiter): void {
    const waiters = this.#waiters.get(key);
    if (waiters) waiters.add(waiter);
    else this.#waiters.set(key, new Set([waiter]));
  }

  #forget(key: string, waiter: Waiter): void {
    const waiters = this.#waiters.get(key);
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.#waiters.delete(key);
  }
}

/** No id holds a space. */
const keyOf = (tenant: string, run: string): string => `${run} ${tenant}`;
