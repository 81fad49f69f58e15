import { runtimeFailure } from '../../errors/state-failure.ts';

/** Nodes that one path or function may look at, so that `$..*..*` over a large document ends. */
const maxVisits = 1_000_000;

/** Counts the nodes that are looked at, and ends the state as `States.Runtime` when they are too many. */
export class Budget {
  readonly #what: string;
  #left = maxVisits;

  /** `what` tells who looks, in the message. */
  constructor(what: string) {
    this.#what = what;
  }

  spend(visits = 1): void {
    this.#left -= visits;
    if (this.#left < 0)
      throw runtimeFailure(`${this.#what} : More than ${maxVisits} nodes would have to be looked at`);
  }
}
