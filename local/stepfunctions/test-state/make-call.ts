import { endingOf, parametersOf } from '../mocks/mock-performer.ts';
import type { MockedTasks } from '../mocks/mocked-tasks.ts';
import type { MakeCall } from './laboratory.ts';

/** Makes calls as the engine's own mocks say, where they speak of tests, and really where not. */
export function withMocks(makeCall: MakeCall, mocks: MockedTasks | undefined): MakeCall {
  return async (call, facts) => {
    const answer = mocks?.testState(parametersOf(call.target));
    if (answer === undefined) return makeCall(call, facts);
    return endingOf(call, answer) ?? { kind: 'timed-out', what: 'task' };
  };
}
