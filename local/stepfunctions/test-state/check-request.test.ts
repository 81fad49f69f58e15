import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { ServiceError } from '../service-error.ts';
import { checkFailureCount, readMock } from './check-mock.ts';
import { checkRequest } from './check-request.ts';
import { testStateRequest } from './request.ts';

const request = (given: object) => testStateRequest.parse({ definition: '{}', ...given });

/** What is said of a request about a state, or `accepted`. */
const said = (state: JsonObject, given: object): string => {
  try {
    checkRequest(request(given), state);
    return 'accepted';
  } catch (error) {
    assert.ok(error instanceof ServiceError);
    return `${error.type}: ${error.message}`;
  }
};

const result = (value: Json) => ({ mock: { result: JSON.stringify(value) } });
const supported = 'Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]';
const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
const map = { Type: 'Map' };

test('only tasks, maps and parallels take a mock', () => {
  for (const type of ['Pass', 'Succeed', 'Fail', 'Choice', 'Wait']) {
    const refused = `ValidationException: State type '${type}' is not supported when a mock is specified`;
    assert.equal(said({ Type: type }, result({})), refused);
    assert.equal(said({ Type: type }, { mock: { errorOutput: { error: 'E' } } }), refused);
    assert.equal(said({ Type: type }, {}), 'accepted');
  }
  for (const state of [task, map, { Type: 'Parallel' }]) assert.equal(said(state, result([])), 'accepted');
});

test('what waits for others needs a mock', () => {
  const refused = `InvalidDefinition: TestState API does not support Map or Parallel states. ${supported}`;
  assert.equal(said(map, {}), refused);
  assert.equal(said({ Type: 'Parallel' }, {}), refused);
  const given = { roleArn: 'arn' };
  const activity = { Type: 'Task', Resource: 'arn:aws:states:us-east-1:1:activity:a' };
  assert.match(said(activity, given), /does not support Activity tasks/);
  for (const pattern of ['.sync', '.sync:2', '.waitForTaskToken']) {
    const waiting = { ...task, Resource: `arn:aws:states:::states:startExecution${pattern}` };
    assert.match(
      said(waiting, given),
      /^InvalidDefinition: TestState API does not support the \.\w+ service/,
    );
    assert.equal(said(waiting, result({})), 'accepted');
  }
});

test('a task that is really done needs a role', () => {
  assert.equal(said(task, {}), 'ValidationException: RoleArn must be specified when testing a Task state');
  assert.equal(said(task, { roleArn: 'arn' }), 'accepted');
  assert.equal(said(task, result({})), 'accepted');
});

test('settings that belong to a mock are refused without one', () => {
  for (const [name, given] of [
    ['MapIterationFailureCount', { stateConfiguration: { mapIterationFailureCount: 0 } }],
    ['RetrierRetryCount', { stateConfiguration: { retrierRetryCount: 1 } }],
    ['ErrorCausedByState', { stateConfiguration: { errorCausedByState: 's' } }],
    ['MapItemReaderData', { stateConfiguration: { mapItemReaderData: '[]' } }],
    ['Context', { context: '{}' }],
  ] as const) {
    const refused = `ValidationException: TestState does not support ${name} when a mock is not specified.`;
    assert.equal(said(map, given), refused);
  }
  const secrets = { ...result({}), revealSecrets: true };
  assert.match(said(task, secrets), /does not support RevealSecrets when a mock is specified/);
  assert.match(
    said(task, { ...result({}), stateConfiguration: { mapIterationFailureCount: 1 } }),
    /MapIterationFailureCount for state type 'Task'/,
  );
});

const mock = (state: JsonObject, given: object) =>
  readMock(request({ mock: given }).mock as never, state).catch((error: Error) => error.message);

test('a mock is a result or an error, not both and not neither', async () => {
  const both = { result: '{}', errorOutput: { error: 'E' } };
  const only = 'A test mock should have only one of the following fields: [result, errorOutput].';
  assert.equal(await mock(task, both), only);
  assert.match(String(await mock(task, {})), /should have one of/);
  assert.deepEqual(await mock(task, { errorOutput: { error: 'E', cause: 'C' } }), {
    kind: 'error',
    error: 'E',
    cause: 'C',
  });
  assert.deepEqual(await mock(task, { result: '{"Payload":1}' }), { kind: 'result', result: { Payload: 1 } });
});

test('a result is of the form that the state makes', async () => {
  const parallel = { Type: 'Parallel', Branches: [{}, {}] };
  const array = 'Mocked result must be an array.';
  assert.equal(
    await mock(task, { result: 'no', fieldValidationMode: 'NONE' }),
    'Mocked result must be valid JSON',
  );
  assert.equal(await mock(map, { result: '{}' }), array);
  assert.equal(await mock(parallel, { result: '{}' }), array);
  assert.match(String(await mock(parallel, { result: '[1]' })), /same number of items as number of Parallel/);
  const written = { ...map, ResultWriter: {} };
  assert.equal(await mock(written, { result: '[]' }), 'Mocked result must be a JSON object.');
  assert.deepEqual(await mock(written, { result: '{}' }), { kind: 'result', result: {} });
  assert.match(
    String(await mock(task, { result: '{"StatusCode":"200"}' })),
    /^Mock result schema validation/,
  );
});

test('no more iterations fail than there are', () => {
  const three = { kind: 'result', result: [1, 1, 1] } as const;
  checkFailureCount(three, { mapIterationFailureCount: 3 });
  assert.throws(() => checkFailureCount(three, { mapIterationFailureCount: 4 }), {
    message: 'Map iteration failure count must be less than or equal to the number of Map iterations',
  });
});
