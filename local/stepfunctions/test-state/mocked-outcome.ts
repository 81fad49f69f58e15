import { states } from '../errors/names.ts';
import { StateFailure } from '../errors/state-failure.ts';
import type { ThreadStimulus } from '../executions/stimulus.ts';
import type { Visit } from '../executions/visit.ts';
import type { Outcome, State } from '../states/state.ts';
import type { Mocked } from './check-mock.ts';
import type { Inspection } from './inspection.ts';

/** What a task is told in place of what its call would have come to. */
export function mockedAnswer(mocked: Mocked, byToken: boolean): ThreadStimulus {
  if (mocked.kind === 'error') return { kind: 'threw', error: mocked.error, cause: mocked.cause };
  const text = JSON.stringify(mocked.result);
  return byToken
    ? { kind: 'token-succeeded', output: text }
    : { kind: 'returned', payload: text, whole: true };
}

/** What a state with branches goes on with in place of running them. Throws `StateFailure`. */
export function mockedBranches(
  state: State,
  visit: Visit,
  { mocked, failed, inspection }: { mocked: Mocked; failed: number; inspection: Inspection },
): Outcome {
  if (mocked.kind === 'error') throw new StateFailure({ error: mocked.error, cause: mocked.cause });
  const count = Array.isArray(mocked.result) ? mocked.result.length : 0;
  if (exceeds(failed, count, inspection)) {
    throw new StateFailure({
      error: states.exceedToleratedFailureThreshold,
      cause: 'The specified tolerated failure threshold was exceeded',
    });
  }
  if (state.settle === undefined) throw new Error(`State '${state.name}' has no branches.`);
  return state.settle(visit, mocked.result);
}

/** Failures count only where the state says how many it tolerates. */
function exceeds(failed: number, count: number, inspection: Inspection): boolean {
  const tolerated = inspection.number('toleratedFailureCount');
  const percentage = inspection.number('toleratedFailurePercentage');
  if (tolerated !== undefined && failed > tolerated) return true;
  return percentage !== undefined && count > 0 && (failed / count) * 100 > percentage;
}
