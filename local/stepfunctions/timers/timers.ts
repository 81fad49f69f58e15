import type { Clock } from '../../../shared/ports/clock.ts';
import { type Deadline, Deadlines } from './deadlines.ts';

/** Any number of deadlines on one timer of the clock. */
export class Timers<Entry extends Deadline> {
  readonly #clock: Clock;
  readonly #due: (entry: Entry) => void;
  readonly #deadlines = new Deadlines<Entry>();
  #armed: { readonly at: number; readonly cancel: () => void } | undefined;

  /** `due` is called once for an entry that has been reached; it is then no longer set. */
  constructor(clock: Clock, due: (entry: Entry) => void) {
    this.#clock = clock;
    this.#due = due;
  }

  set(entry: Entry, at: number): void {
    this.#deadlines.set(entry, at);
    this.#arm();
  }

  clear(entry: Entry): void {
    this.#deadlines.remove(entry);
    this.#arm();
  }

  close(): void {
    this.#armed?.cancel();
    this.#armed = undefined;
  }

  /** Keeps the clock's timer at the earliest deadline, so that nothing wakes for nothing. */
  #arm(): void {
    const at = this.#deadlines.first?.at;
    if (at === this.#armed?.at) return;
    this.#armed?.cancel();
    this.#armed = at === undefined ? undefined : { at, cancel: this.#clock.at(at, () => this.#fire()) };
  }

  #fire(): void {
    this.#armed = undefined;
    const now = this.#clock.now();
    for (
      let first = this.#deadlines.first;
      first !== undefined && first.at <= now;
      first = this.#deadlines.first
    ) {
      this.#deadlines.remove(first);
      this.#due(first);
    }
    this.#arm();
  }
}
