import type { MockConfigFile } from '../../../local/stepfunctions/mocks/schema.ts';
import type { ExecutionVector, RecordedMock, TestStateVector } from './vector.ts';

/** The one test case of a vector's mocks. */
export const testCase = 'recorded';

type Responses = MockConfigFile['MockedResponses'][string];
type Answer = Responses[string];

/** The name in its ARN: where it was recorded from the context object it may be anything that was put there. */
export const stateMachineName = ({ context }: ExecutionVector): string =>
  context.stateMachineArn.split(':').at(-1) ?? context.stateMachineName;

/** A vector's mocks in the format of the server; states in `besides` are played otherwise. */
export function mocksOf(vector: ExecutionVector, besides: ReadonlySet<string>): MockConfigFile {
  const mocked = Object.entries(vector.mocks).filter(
    ([state, mocks]) => mocks.length > 0 && !besides.has(state),
  );
  return {
    StateMachines: {
      [stateMachineName(vector)]: {
        TestCases: { [testCase]: Object.fromEntries(mocked.map(([state]) => [state, state])) },
      },
    },
    MockedResponses: Object.fromEntries(mocked.map(([state, mocks]) => [state, responsesOf(mocks)])),
    'x-objects': (vector.fixtures?.s3 ?? []).map(({ bucket, key, body, encoding }) => ({
      Bucket: bucket,
      Key: key,
      Body: body,
      Encoding: encoding,
    })),
  };
}

/** The result of the real service, where a state was tested with it. */
export function taskResultOf({ taskResult }: TestStateVector): MockConfigFile | undefined {
  if (taskResult === undefined) return undefined;
  const responses = { taskResult: { '0': { Return: taskResult.return } } };
  return { StateMachines: {}, MockedResponses: responses, 'x-test-state': 'taskResult' };
}

/** An echo answers every call; whatever else is recorded answers one. */
function responsesOf(mocks: readonly RecordedMock[]): Responses {
  if (mocks.some(({ echo }) => echo)) return { '0-999999': { 'x-echo': true } };
  return Object.fromEntries(mocks.map((mock, invocation) => [String(invocation), answerOf(mock)]));
}

function answerOf(mock: RecordedMock): Answer {
  const submitted = mock.submitted === undefined ? {} : { 'x-submitted': mock.submitted };
  return { ...submitted, ...endOf(mock) };
}

function endOf({ return: result, error, cause, timedOut, pending }: RecordedMock): Answer {
  if (timedOut || pending) return { 'x-never': true };
  if (error === undefined) return { Return: result ?? null };
  const because = cause === undefined ? {} : { Cause: cause };
  return error === null ? { 'x-throw': because } : { Throw: { Error: error, ...because } };
}
