import type { Clock } from '../../shared/ports/clock.ts';
import type { Ids } from '../../shared/ports/ids.ts';
import type { LambdaFunctions } from './functions.ts';
import type { Journal } from './journal/journal.ts';

export interface StepFunctionsOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'hex' | 'random'>;
}

/** The embedded Step Functions: durable Standard workflows in this process. */
export class StepFunctions {
  constructor(_options: StepFunctionsOptions) {
    throw new Error('being built');
  }

  /** Picks up what was running and takes executions from now on. */
  async open(_functions: LambdaFunctions): Promise<void> {}

  /** Parks everything: takes no more work, forgets calls in flight, resolves when the journal is on the disk. */
  async close(): Promise<void> {}
}
