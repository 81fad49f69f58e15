import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isTandemError } from '../../../shared/errors/tandem-error.ts';
import { MockedTasks } from './mocked-tasks.ts';
import { readMockConfig } from './read-config.ts';
import type { MockConfigFile } from './schema.ts';
import { splitTestCase } from './test-case.ts';

/** The example of AWS's documentation, by its names. */
const retried: MockConfigFile = {
  StateMachines: {
    LambdaSQS: { TestCases: { Retry: { Check: 'LambdaRetry', Send: 'Submitted' }, Echo: { Check: 'Echo' } } },
  },
  MockedResponses: {
    LambdaRetry: {
      '0': { Throw: { Error: 'Lambda.ResourceNotReadyException', Cause: 'Lambda resource is not ready.' } },
      '1-2': { Throw: { Error: 'Lambda.TimeoutException' } },
      '3': { Return: { StatusCode: 200, Payload: { approved: true } } },
    },
    Submitted: { '0': { 'x-submitted': { MessageId: 'm' }, 'x-never': true }, '1': { 'x-throw': {} } },
    Echo: { '0-9': { 'x-echo': true } },
    Nothing: { '0': { Return: null } },
  },
  'x-test-state': 'Nothing',
  'x-objects': [
    { Bucket: 'b', Key: 'k/2.json', Body: '[2]' },
    { Bucket: 'b', Key: 'k/1.json', Body: 'WzFd', Encoding: 'base64' },
  ],
};

const mocks = (): MockedTasks => new MockedTasks(readMockConfig(JSON.stringify(retried), 'mocks.json'));
const call = { execution: 1, machine: 'LambdaSQS', testCase: 'Retry', state: 'Check', parameters: { a: 1 } };

function problem(config: unknown): string {
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  try {
    readMockConfig(text, 'mocks.json');
  } catch (error) {
    assert.ok(isTandemError(error, 'mocks.invalid'));
    return error.message;
  }
  return assert.fail('It was taken.');
}

describe('mocked tasks', () => {
  test('answer by the number of the invocation, of each execution and state by itself', () => {
    const played = mocks();
    const answers = [1, 2, 3, 4].map(() => played.next(call));
    assert.deepEqual(answers, [
      { kind: 'throw', error: 'Lambda.ResourceNotReadyException', cause: 'Lambda resource is not ready.' },
      { kind: 'throw', error: 'Lambda.TimeoutException', cause: undefined },
      { kind: 'throw', error: 'Lambda.TimeoutException', cause: undefined },
      { kind: 'return', result: { StatusCode: 200, Payload: { approved: true } } },
    ]);
    assert.deepEqual(played.next({ ...call, execution: 2 }), answers[0]);
  });

  test('what a test case does not mock is not answered', () => {
    const played = mocks();
    assert.equal(played.next({ ...call, testCase: undefined }), undefined);
    assert.equal(played.next({ ...call, testCase: 'Other' }), undefined);
    assert.equal(played.next({ ...call, machine: 'toString' }), undefined);
    assert.equal(played.next({ ...call, state: 'constructor' }), undefined);
    assert.deepEqual(
      [played.knows('LambdaSQS', 'Retry'), played.knows('LambdaSQS', 'valueOf')],
      [true, false],
    );
  });

  test('asking for more than there is fails the execution, naming state and invocation', () => {
    const played = mocks();
    const fifth = [1, 2, 3, 4, 5].map(() => played.next(call)).at(-1);
    assert.deepEqual(fifth, {
      kind: 'throw',
      error: 'States.Runtime',
      cause: "The mocked response 'LambdaRetry' of state 'Check' has no answer to invocation 4.",
    });
  });

  test('our additions: never, echo, an error without a name, what is submitted', () => {
    const played = mocks();
    const send = { ...call, state: 'Send' };
    assert.deepEqual(played.next(send), { submitted: { MessageId: 'm' }, kind: 'never' });
    assert.deepEqual(played.next(send), { kind: 'throw', error: undefined, cause: undefined });
    assert.deepEqual(played.next({ ...call, testCase: 'Echo' }), { kind: 'return', result: { a: 1 } });
    assert.deepEqual(played.testState({}), { kind: 'return', result: null });
  });

  test('an execution that has ended is forgotten, and counting begins again', () => {
    const played = mocks();
    for (let calls = 0; calls < 3; calls += 1) assert.equal(played.next(call)?.kind, 'throw');
    assert.equal(played.next(call)?.kind, 'return');
    played.forget(1);
    assert.equal(played.next(call)?.kind, 'throw');
  });

  test('objects are read and listed as S3 would', () => {
    const { objects } = mocks();
    assert.equal(objects.get('b', 'k/1.json')?.toString(), '[1]');
    assert.equal(objects.get('b', 'none'), undefined);
    objects.put('b', 'k/3.json', Buffer.from('[3]'));
    assert.deepEqual(
      objects.list('b', 'k/')?.map(({ key, body }) => [key, body.toString()]),
      [
        ['k/1.json', '[1]'],
        ['k/2.json', '[2]'],
        ['k/3.json', '[3]'],
      ],
    );
    assert.equal(objects.list('none'), undefined);
  });

  test('a test case is split off an ARN', () => {
    assert.deepEqual(splitTestCase('arn:m#Happy'), { arn: 'arn:m', testCase: 'Happy' });
    assert.deepEqual(splitTestCase('arn:m'), { arn: 'arn:m', testCase: undefined });
  });
});

describe('a mock configuration', () => {
  const responses = (given: unknown) => ({ StateMachines: {}, MockedResponses: { 'My response': given } });

  test('is refused with the place of what is wrong', () => {
    assert.match(problem('{'), /^mocks\.json is no mock configuration: Expected/);
    assert.match(problem([]), /: \$: Invalid input: expected object/);
    assert.match(problem({ StateMachines: {} }), /: \$\.MockedResponses: /);
    assert.match(problem({ ...retried, Extra: 1 }), /: \$: Unrecognized key: "Extra"/);
    assert.match(
      problem(responses({ '0': { Throw: {} } })),
      /: \$\.MockedResponses\['My response'\]\['0'\]\.Throw\.Error: /,
    );
  });

  test('says how each invocation ends, once, from 0 on', () => {
    const end = { Return: 1 };
    assert.match(problem(responses({ '0': {} })), /\['0'\]: exactly one of Return, Throw, /);
    assert.match(problem(responses({ '0': { ...end, 'x-never': true } })), /exactly one of /);
    assert.match(problem(responses({})), /invocation 0 is missing$/);
    assert.match(problem(responses({ '0': end, '2': end })), /invocation 1 is missing$/);
    assert.match(problem(responses({ '0-2': end, '1': end })), /invocation 1 is given twice$/);
    assert.match(problem(responses({ '0-x': end })), /is no number or range of numbers$/);
  });

  test('names only responses that it has', () => {
    const machines = { M: { TestCases: { Happy: { Pay: 'Paid' } } } };
    assert.match(
      problem({ StateMachines: machines, MockedResponses: {} }),
      /: \$\.StateMachines\.M\.TestCases\.Happy\.Pay: there is no mocked response "Paid"$/,
    );
  });
});
