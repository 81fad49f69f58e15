import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from './diagnose.ts';

const told = (definition: object, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): readonly string[] =>
  diagnose(JSON.stringify(definition), type)
    .filter(({ severity }) => severity === 'ERROR')
    .map(({ code, message, location }) => `${code} ${location ?? '-'} ${message}`);

const alone = (state: object, rest: object = {}): object => ({ StartAt: 'A', States: { A: state }, ...rest });
const schema = (location: string, message: string): string =>
  `SCHEMA_VALIDATION_FAILED ${location} ${message}`;
const pass = { Type: 'Pass', End: true };

test('a field that a state does not have is told at the state', () => {
  for (const type of ['Pass', 'Wait', 'Succeed', 'Fail', 'Map', 'Parallel']) {
    assert.ok(
      told(alone({ Type: type, TimeoutSeconds: 1 })).includes(
        schema('/States/A', "Field 'TimeoutSeconds' is not supported"),
      ),
      type,
    );
  }
  for (const field of ['Catch', 'Retry']) {
    assert.deepEqual(told(alone({ ...pass, [field]: [] })), [
      schema('/States/A', `Field '${field}' is not supported`),
    ]);
  }
});

test('a field of the other query language is told as such', () => {
  const language = (set: string, field: string, other: string) =>
    `The QueryLanguage is set to '${set}', but field '${field}' is only supported for the '${other}' QueryLanguage`;
  assert.deepEqual(told(alone({ ...pass, Output: 1 })), [
    schema('/States/A', language('JSONPath', 'Output', 'JSONata')),
  ]);
  assert.deepEqual(told(alone({ ...pass, QueryLanguage: 'JSONata', InputPath: '$' })), [
    schema('/States/A', language('JSONata', 'InputPath', 'JSONPath')),
  ]);
  const inner = alone({ ...pass, Output: 1 });
  const map = { Type: 'Map', QueryLanguage: 'JSONata', ItemProcessor: inner, End: true };
  assert.deepEqual(told({ StartAt: 'M', States: { M: map } }), [
    schema('/States/M/ItemProcessor/States/A', language('JSONPath', 'Output', 'JSONata')),
  ]);
});

test('a query language is chosen by machines and states, and not given back', () => {
  const back = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
  assert.deepEqual(told(alone({ ...pass, QueryLanguage: 'JSONPath' }, { QueryLanguage: 'JSONata' })), [
    schema('/States/A', back),
  ]);
  const processor = { ...alone(pass), QueryLanguage: 'JSONata' };
  const map = { Type: 'Map', ItemProcessor: processor, End: true };
  assert.deepEqual(told({ StartAt: 'M', States: { M: map } }), [
    schema('/States/M/ItemProcessor', "Field 'QueryLanguage' is not supported"),
  ]);
});

test('what is required is named together', () => {
  assert.deepEqual(told(alone({ Type: 'Task', End: true })), [
    schema('/States/A', 'These fields are required: [Resource]'),
  ]);
  assert.deepEqual(told(alone({ Type: 'Choice', Choices: [{ Variable: '$', IsNull: true }] })), [
    schema('/States/A/Choices[0]', 'These fields are required: [Next]'),
  ]);
  assert.deepEqual(told(alone({ Type: 'Choice' })), [
    schema('/States/A', 'These fields are required: [Choices]'),
  ]);
  assert.deepEqual(told(alone({ Type: 'Choice', Choices: [] })), [
    schema('/States/A/Choices', 'Value cannot be empty'),
  ]);
});

test('of no state, no more is said than that it is none', () => {
  const required = schema('/States/A', 'These fields are required: [Type]');
  assert.deepEqual(told(alone({ StartAt: 'B' })), [required]);
  assert.equal(told(alone({ Type: 'Nap', Surprise: 1 })).length, 1);
});

test('names and labels have limits', () => {
  const long = 'n'.repeat(81);
  assert.deepEqual(told({ StartAt: long, States: { [long]: pass } }), [
    `INVALID_STATE_NAME /States/${long} State name must have a length from 1 to 80`,
  ]);
});

test('expressions are read when a machine is made', () => {
  const jsonata = (output: unknown) => alone({ ...pass, QueryLanguage: 'JSONata', Output: output });
  assert.deepEqual(
    told(jsonata({ v: '{% 1 + %}' })).map((line) => line.split(' ').slice(0, 2)),
    [['INVALID_JSONATA_EXPRESSION', '/States/A/Output/v']],
  );
  assert.deepEqual(told(jsonata({ v: '{% phone %}' })), [
    "UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output/v Reference to 'phone' at the top level is not supported.",
  ]);
});

test('what Express cannot do is an error there alone', () => {
  const task = { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync', End: true };
  assert.deepEqual(told(alone(task)), []);
  assert.deepEqual(told(alone(task), 'EXPRESS'), [
    schema('/States/A/Resource', "Express state machine does not support '.sync' service integration"),
  ]);
});

test('warnings stand behind errors and harm nobody', () => {
  const definition = JSON.stringify(alone({ ...pass, Result: '$.x', Surprise: 1 }));
  assert.deepEqual(
    diagnose(definition, 'STANDARD').map(({ severity, code }) => [severity, code]),
    [
      ['ERROR', 'SCHEMA_VALIDATION_FAILED'],
      ['WARNING', 'PASS_RESULT_IS_STATIC'],
    ],
  );
  assert.deepEqual(
    diagnose('{', 'STANDARD').map(({ code }) => code),
    ['INVALID_JSON_DESCRIPTION'],
  );
});
