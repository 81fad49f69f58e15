import type { JsonObject } from '../../../shared/domain/json.ts';
import type { TestStateRequest } from './request.ts';
import type { StateRun, StateTest } from './run-state.ts';

/** What a caller of TestState is answered. */
export function testStateAnswer(
  run: StateRun,
  { state, facts }: StateTest,
  level: TestStateRequest['inspectionLevel'],
): JsonObject {
  const { outcome, failure, inspection } = run;
  const { error, explanation: cause } = failure ?? {};
  return {
    status: statusOf(run),
    ...(outcome.kind === 'next' ? { output: outcome.output.text } : {}),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    ...(outcome.kind === 'next' && outcome.next !== undefined ? { nextState: outcome.next } : {}),
    ...(level === 'INFO' ? {} : { inspectionData: inspection.data(state.type, facts.input.value) }),
  };
}

function statusOf({ outcome, failure }: StateRun): 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR' {
  if (outcome.kind === 'suspend') return 'RETRIABLE';
  if (outcome.kind === 'fail') return 'FAILED';
  return failure === undefined ? 'SUCCEEDED' : 'CAUGHT_ERROR';
}
