import { limits } from '../../domain/limits.ts';
import type { RunState } from '../../domain/state.ts';
import type { Clock } from '../../ports/clock.ts';

/** How much one Advance may do before it yields (rule 16). */
export class StepBudget {
  readonly #clock: Clock;
  readonly #until: number;
  #operations: number;

  constructor(clock: Clock, { operationsPerStep }: Pick<RunState, 'operationsPerStep'>) {
    this.#clock = clock;
    this.#until = clock.now() + limits.advanceMs;
    this.#operations = Math.min(operationsPerStep ?? limits.advanceOperations, limits.advanceOperations);
  }

  /** Takes one operation off, or answers false: none may be started any more. */
  take(): boolean {
    if (this.#operations === 0 || this.#clock.now() >= this.#until) return false;
    this.#operations -= 1;
    return true;
  }
}
