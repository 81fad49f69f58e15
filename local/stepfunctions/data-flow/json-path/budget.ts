import { runtimeFailure } from '../../errors/state-failure.ts';
import type { Effort } from '../effort.ts';

/** Nodes that one path or function may look at, so that `$..*..*` over a large document ends. */
const maxVisits = 1_000_000;

/** Counts the nodes that are looked at, and ends the state as `States.Runtime` when they are too many. */
export class Budget {
  readonly #what: string;
  readonly #effort: Effort | undefined;
  #left = maxVisits;

  /** `what` tells who looks, in the message; `effort` is shared with those who look besides. */
  constructor(what: string, effort?: Effort) {
    this.#what = what;
    this.#effort = effort;
  }

  spend(visits = 1): void {
    this.#left -= visits;
    if (this.#left < 0)
      throw runtimeFailure(`${this.#what} : More than ${maxVisits} nodes would have to be looked at`);
    if (this.#effort === undefined) return;
    this.#effort.visits -= visits;
    if (this.#effort.visits < 0)
      throw runtimeFailure(`${this.#what} : The state's paths would have to look at too many nodes`);
  }
}
