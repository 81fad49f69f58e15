import type { Place } from '../arns.ts';
import type { ExecutionFacts } from '../executions/execution.ts';
import type { ThreadStimulus } from '../executions/stimulus.ts';
import type { Moment } from '../executions/visit.ts';
import type { Call } from '../tasks/call.ts';

/** Makes the call of a task and answers what came of it. */
export type MakeCall = (call: Call, facts: ExecutionFacts) => Promise<ThreadStimulus>;

/** What a state is tested in. */
export interface Laboratory {
  readonly place: Place;
  moment(): Moment;
  readonly makeCall: MakeCall;
}
