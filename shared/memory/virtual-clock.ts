import type { Clock } from '../ports/clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is moved: for tests and simulation. */
export class VirtualClock implements Clock {
  #now: number;
  /** By time, those of the same time in the order they were set. */
  readonly #timers: Timer[] = [];

  /** `start`: milliseconds since the epoch. */
  constructor(start: number = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  at(at: number, callback: () => void): () => void {
    const timer = { at, callback };
    const later = this.#timers.findIndex((other) => other.at > at);
    this.#timers.splice(later < 0 ? this.#timers.length : later, 0, timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  /** Moves on by `ms`, firing on the way what falls due, each timer at its own time. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#timers[0]; next && next.at <= end; next = this.#timers[0]) this.#fire(next);
    this.#now = end;
  }

  /** Moves to the next timer and fires it; `false` when there is none. */
  advanceToNext(): boolean {
    const next = this.#timers[0];
    if (!next) return false;
    this.#fire(next);
    return true;
  }

  #fire(timer: Timer): void {
    this.#timers.shift();
    this.#now = Math.max(this.#now, timer.at);
    timer.callback();
  }
}
