import type { Clock } from '../../../shared/ports/clock.ts';
import type { Endpoints } from './endpoints.ts';
import type { Pattern } from './integrations.ts';
import type { NestedExecutions } from './nested-executions.ts';
import type { Sdk } from './sdk/sdk.ts';
import type { FailurePhase } from './service.ts';

/** What services are made of. */
export interface Tools {
  readonly endpoints: Endpoints;
  readonly sdk: Sdk;
  readonly clock: Clock;
  /** Milliseconds between two looks at something that runs elsewhere. */
  readonly pollMs: number;
  readonly nested: NestedExecutions | undefined;
}

/** When a call that is refused failed: what is waited for is handed over, everything else runs. */
export const phaseOf = (pattern: Pattern): FailurePhase => (pattern === 'request' ? 'run' : 'submit');
