import { readCatch, readRetry } from '../definition/error-handling.ts';
import type { Fields } from '../definition/fields.ts';
import type { Visit } from '../executions/visit.ts';
import { leave, type Outcome } from '../states/state.ts';
import { type CatchPolicy, compileCatch, errorOutput } from './catch.ts';
import { compileRetry, type RetryPolicy } from './retry.ts';
import type { StateFailure } from './state-failure.ts';

/** `Retry` and `Catch` of a state. */
export class Recovery {
  /** The states that it may lead to. */
  readonly targets: readonly string[];
  readonly retry: RetryPolicy;
  readonly catch: CatchPolicy;

  constructor(fields: Fields) {
    this.retry = compileRetry(readRetry(fields));
    const rules = readCatch(fields);
    this.catch = compileCatch(rules);
    this.targets = rules.map((rule) => rule.next);
  }

  /** What follows a failure, if anything holds it. `givenUp` is told when it is not tried again. */
  recover(visit: Visit, failure: StateFailure, givenUp?: () => unknown): Outcome | undefined {
    const retry = this.retry(failure, visit.retries, visit.entropy.random);
    if (retry !== undefined) visit.probe?.('retryIndex', retry.index);
    if (retry?.again !== undefined) {
      const { delayMs, counts: retries } = retry.again;
      const until = visit.at + delayMs;
      return { kind: 'suspend', position: { kind: 'retry', ...visit.stay(), retries, until } };
    }
    givenUp?.();
    const caught = this.catch(failure);
    if (caught === undefined) return undefined;
    visit.probe?.('catchIndex', caught.index);
    return leave(visit, caught.rule.next, caught.rule.caught(visit, errorOutput(failure)));
  }
}
