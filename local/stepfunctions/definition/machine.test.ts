import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileMachine } from './machine.ts';
import { DefinitionError } from './problems.ts';

function problemsOf(definition: object | string): readonly string[] {
  try {
    compileMachine(typeof definition === 'string' ? definition : JSON.stringify(definition));
    return [];
  } catch (error) {
    assert.ok(error instanceof DefinitionError, String(error));
    return error.problems.map(({ code, message, location }) => `${code} ${location ?? '-'} ${message}`);
  }
}

const machine = (state: object): object => ({ StartAt: 'A', States: { A: state } });

describe('a definition', () => {
  test('that is no JSON object', () => {
    const told = ['SCHEMA_VALIDATION_FAILED - Definition must be a valid JSON object'];
    for (const text of ['', ' ', '[]', 'null', '"{}"']) assert.deepEqual(problemsOf(text), told);
    for (const text of ['{', 'no', '{"a":1}}'])
      assert.match(problemsOf(text)[0] ?? '', /^INVALID_JSON_DESCRIPTION - /);
  });

  test('that was accepted when less was asked of it', () => {
    const states = { A: { Type: 'Pass', End: true }, Left: { Type: 'Pass', End: true } };
    const definition = JSON.stringify({ StartAt: 'A', States: states });
    assert.equal(problemsOf(definition).length, 1);
    assert.equal(compileMachine(definition, { accepted: true }).states.size, 2);
  });

  test('that lacks its two fields', () => {
    assert.deepEqual(problemsOf({}), [
      'SCHEMA_VALIDATION_FAILED / These fields are required: [States, StartAt]',
    ]);
  });

  test('that leads nowhere', () => {
    const definition = { StartAt: 'X', States: { A: { Type: 'Pass', Next: 'B' } } };
    assert.deepEqual(problemsOf(definition), [
      "MISSING_TRANSITION_TARGET /StartAt Missing 'Next' target: X",
      "MISSING_TRANSITION_TARGET /States/A/Next Missing 'Next' target: B",
      'MISSING_END_STATE - Workflow has no terminal state',
    ]);
  });

  test('with several mistakes tells all of them', () => {
    const task = {
      Type: 'Task',
      Resource: 'nowhere',
      TimeoutSeconds: 0,
      Retry: [{ ErrorEquals: [], IntervalSeconds: 1.5 }],
      Catch: [{ ErrorEquals: ['States.ALL', 'X'], Next: 'A' }],
      Surprise: 1,
    };
    assert.deepEqual(problemsOf(machine(task)), [
      'SCHEMA_VALIDATION_FAILED /States/A One of the fields [Next, End] is required',
      'SCHEMA_VALIDATION_FAILED /States/A/Resource The resource provided nowhere is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.',
      'SCHEMA_VALIDATION_FAILED /States/A/TimeoutSeconds Value must be from 1 to 99999999',
      'SCHEMA_VALIDATION_FAILED /States/A/Retry[0]/ErrorEquals Value cannot be empty',
      'SCHEMA_VALIDATION_FAILED /States/A/Retry[0]/IntervalSeconds Expected value of type Integer',
      'SCHEMA_VALIDATION_FAILED /States/A/Catch[0]/ErrorEquals States.ALL must appear alone and in the last entry',
      "SCHEMA_VALIDATION_FAILED /States/A Field 'Surprise' is not supported",
    ]);
  });

  test('with what this engine does not know yet is refused, not misunderstood', () => {
    assert.equal(problemsOf(machine({ Type: 'Map', End: true })).length > 0, true);
  });

  test('with a path that is none, or a call that is none', () => {
    assert.equal(problemsOf(machine({ Type: 'Pass', InputPath: '$..', End: true })).length, 1);
    const intrinsic = machine({ Type: 'Pass', Parameters: { 'a.$': "States.Format('\\x')" }, End: true });
    assert.match(
      problemsOf(intrinsic)[0] ?? '',
      /must be a valid JSONPath or a valid intrinsic function call$/,
    );
  });

  test('whose choice compares nothing, twice, or with the wrong type', () => {
    const choice = (rule: object) =>
      problemsOf({
        StartAt: 'A',
        States: { A: { Type: 'Choice', Choices: [{ ...rule, Next: 'B' }] }, B: { Type: 'Succeed' } },
      }).length;
    assert.equal(choice({ Variable: '$.a' }), 1);
    assert.equal(choice({ Variable: '$.a', IsNull: true, IsString: true }), 1);
    assert.equal(choice({ Variable: '$.a', NumericEquals: 'one' }), 1);
    assert.equal(choice({ Variable: '$.a', TimestampEquals: '2026-13-01T00:00:00Z' }), 1);
    assert.equal(choice({ Variable: '$.a', StringEquals: 'b' }), 0);
  });
});
