import type { Json } from '../../../shared/domain/json.ts';
import type { ExecutionFacts } from '../executions/execution.ts';
import type { ThreadStimulus } from '../executions/stimulus.ts';
import type { Call, Target } from '../tasks/call.ts';
import type { Performer } from '../tasks/performer.ts';
import type { MockedAnswer, MockedTasks } from './mocked-tasks.ts';

/** Answers the tasks that the test case of an execution mocks. */
export function mockPerformer(mocks: MockedTasks): Performer {
  return {
    repeatable: ({ state }, facts) => (mocks.mocks(asked(facts), state) ? true : undefined),
    async perform(call, { facts, tell }) {
      const { target, state } = call;
      const answer = mocks.next({ ...asked(facts), state, parameters: parametersOf(target) });
      if (answer === undefined) return;
      if (call.pattern !== 'request' && call.submission === undefined) tell(submission(call, answer));
      const ending = endingOf(call, answer);
      if (ending !== undefined) tell(ending);
    },
  };
}

/** A child execution is answered as the one that it comes from. */
function asked({ id, machineName, testCase, child }: ExecutionFacts) {
  const { id: execution, machine } = child?.root ?? { id, machine: machineName };
  return { execution, machine, testCase };
}

/** What a call would give to its target. */
export function parametersOf(target: Target): Json {
  switch (target.kind) {
    case 'function':
      return target.payload.value;
    case 'activity':
      return target.input.value;
    case 'service':
      return target.parameters;
    case 'map-run':
      return null;
  }
}

function submission({ target }: Call, { submitted = {} }: MockedAnswer): ThreadStimulus {
  if (target.kind === 'activity') return { kind: 'taken', worker: undefined };
  return { kind: 'submitted', payload: JSON.stringify(submitted), whole: true };
}

/** How a call ends by a mocked answer; `undefined` where it never does. */
export function endingOf(
  { pattern }: Pick<Call, 'pattern'>,
  answer: MockedAnswer,
): ThreadStimulus | undefined {
  switch (answer.kind) {
    case 'never':
      return undefined;
    case 'throw': {
      const { error, cause } = answer;
      return { kind: pattern === 'token' ? 'token-failed' : 'threw', error, cause };
    }
    case 'return': {
      const payload = JSON.stringify(answer.result);
      if (pattern === 'token') return { kind: 'token-succeeded', output: payload };
      return { kind: 'returned', payload, whole: true };
    }
  }
}
