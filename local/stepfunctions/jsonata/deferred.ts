import type { Outcome } from './outcome.ts';
import type { Job } from './workers/job.ts';
import { evaluateElsewhere } from './workers/workers.ts';

/**
 * Thrown by an expression that must not be evaluated where others wait: it has a regular expression, or takes long. The
 * caller gives up what it was doing, awaits `run`, and does it again with the outcome under `key` in its scope.
 */
export class Deferred extends Error {
  override readonly name = 'Deferred';
  /** The same for the same expression with the same values. */
  readonly key: string;
  /** Others that the same object needs, which can run meanwhile. */
  readonly others: readonly Deferred[];
  readonly #job: Job;

  constructor(key: string, job: Job, others: readonly Deferred[] = []) {
    super('The expression is evaluated on another thread.');
    this.key = key;
    this.#job = job;
    this.others = others;
  }

  /** Never rejects: what goes wrong is an outcome. */
  run(): Promise<Outcome> {
    return evaluateElsewhere(this.#job);
  }

  with(others: readonly Deferred[]): Deferred {
    return new Deferred(this.key, this.#job, others);
  }
}
