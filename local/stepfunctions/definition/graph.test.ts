import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { expressProblems } from './express.ts';
import { graphProblems } from './graph.ts';
import { definitionWarnings } from './warnings.ts';

const machine = (states: JsonObject, startAt = 'A'): JsonObject => ({ StartAt: startAt, States: states });
const told = (definition: JsonObject): readonly string[] =>
  graphProblems(definition).map(({ code, message, location }) =>
    `${code} ${message} ${location ?? ''}`.trim(),
  );
const next = (name: string, rest: JsonObject = {}): JsonObject => ({ Type: 'Pass', Next: name, ...rest });
const end: JsonObject = { Type: 'Pass', End: true };

test('a machine without a terminal state is told so, and nothing of reachability', () => {
  const missing = 'MISSING_END_STATE Workflow has no terminal state';
  assert.deepEqual(told(machine({ A: next('B'), B: next('A') })), [missing]);
  assert.deepEqual(told(machine({ A: next('B'), B: next('A'), C: next('A') })), [missing]);
  assert.deepEqual(told(machine({ A: next('NOPE') })), [
    "MISSING_TRANSITION_TARGET Missing 'Next' target: NOPE /States/A/Next",
    missing,
  ]);
});

test('every transition leads to a state of its own level', () => {
  const definition = machine({
    A: { Type: 'Choice', Choices: [{ Next: 'X' }, { Next: 'B' }], Default: 'Y' },
    B: { Type: 'Task', Catch: [{ Next: 'Z' }], Next: 'C' },
    C: { Type: 'Map', ItemProcessor: machine({ D: next('A') }, 'D'), End: true },
  });
  assert.deepEqual(told(definition), [
    "MISSING_TRANSITION_TARGET Missing 'Next' target: Y /States/A/Default",
    "MISSING_TRANSITION_TARGET Missing 'Next' target: X /States/A/Choices[0]/Next",
    "MISSING_TRANSITION_TARGET Missing 'Next' target: Z /States/B/Catch[0]/Next",
    "MISSING_TRANSITION_TARGET Missing 'Next' target: A /States/C/ItemProcessor/States/D/Next",
  ]);
});

test('states that nothing leads to are named, in branches too', () => {
  assert.deepEqual(told(machine({ A: end, C: end }, 'X')), [
    "MISSING_TRANSITION_TARGET Missing 'Next' target: X /StartAt",
    'MISSING_TRANSITION_TARGET State "A" is not reachable. /States/A',
    'MISSING_TRANSITION_TARGET State "C" is not reachable. /States/C',
  ]);
  const branches = [machine({ B: end, C: end }, 'B')];
  assert.deepEqual(told(machine({ A: { Type: 'Parallel', Branches: branches, End: true } })), [
    'MISSING_TRANSITION_TARGET State "C" is not reachable. /States/A/Branches[0]/States/C',
  ]);
});

test('a name stands for one state in the whole machine', () => {
  const branches = [machine({ B: end }, 'B'), machine({ B: end }, 'B')];
  assert.deepEqual(told(machine({ A: { Type: 'Parallel', Branches: branches, End: true } })), [
    'DUPLICATE_STATE_NAME Duplicate State name: B /States/A/Branches[1]/States/B',
  ]);
});

test('Express workflows wait for nobody', () => {
  const task = (resource: string): JsonObject => ({ Type: 'Task', Resource: resource, End: true });
  const found = (state: JsonObject) =>
    expressProblems(machine({ A: state })).map(({ message, location }) => `${message}|${location}`);
  const service = 'arn:aws:states:::states:startExecution';
  const refused = "Express state machine does not support '";
  assert.deepEqual(found(task(`${service}.sync`)), [
    `${refused}.sync' service integration|/States/A/Resource`,
  ]);
  assert.deepEqual(found(task(`${service}.sync:2`)), [
    `${refused}.sync' service integration|/States/A/Resource`,
  ]);
  assert.deepEqual(found(task(`${service}.waitForTaskToken`)), [
    `${refused}.waitForTaskToken' service integration |/States/A/Resource`,
  ]);
  assert.equal(found(task('arn:aws:states:us-east-1:1:activity:a')).length, 1);
  assert.deepEqual(found(task(service)), []);
  const distributed = { Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' } } };
  assert.equal(found(distributed).length, 1);
  const inner = { Type: 'Map', ItemProcessor: machine({ B: task(`${service}.sync`) }, 'B') };
  assert.match(found(inner)[0] ?? '', /\/States\/A\/ItemProcessor\/States\/B\/Resource$/);
});

test('what looks like a path where none is read is warned of', () => {
  const warned = (state: JsonObject, rest: JsonObject = {}) =>
    definitionWarnings({ ...machine({ A: state }), ...rest }).map(
      ({ code, location }) => `${code} ${location}`,
    );
  const parameters = { a: '$.x', 'b.$': '$.x', c: { d: "States.Format('a')", e: ['$.x'] }, f: '$5' };
  assert.deepEqual(warned({ Type: 'Pass', Parameters: parameters }).sort(), [
    'NO_DOLLAR /States/A/Parameters/a',
    'NO_DOLLAR /States/A/Parameters/c/d',
  ]);
  assert.deepEqual(warned({ Type: 'Wait', Seconds: '$.x' }), ['NO_PATH /States/A/Seconds']);
  assert.deepEqual(warned({ Type: 'Pass', Result: { a: ['$.x'] } }), [
    'PASS_RESULT_IS_STATIC /States/A/Result/a[0]',
  ]);
  assert.deepEqual(warned({ Type: 'Pass', Parameters: parameters }, { QueryLanguage: 'JSONata' }), []);
});

test('hostile definitions are walked through in bounded time and depth', () => {
  const wide: Json = Array.from({ length: 300_000 }, () => '$.x');
  const states = Object.fromEntries(
    Array.from({ length: 50_000 }, (_, index) => [`S${index}`, next(`S${index + 1}`)]),
  );
  let deep: JsonObject = machine({ S: end }, 'S');
  for (let level = 0; level < 2_000; level += 1) {
    deep = machine({ [`L${level}`]: { Type: 'Map', Iterator: deep, End: true } }, `L${level}`);
  }
  assert.equal(graphProblems(machine(states, 'S0')).length, 2);
  assert.deepEqual(graphProblems(deep), []);
  assert.equal(definitionWarnings(machine({ A: { Type: 'Pass', Result: wide } })).length, 300_000);
  for (const broken of [
    {},
    { States: 1 },
    { States: { A: null, B: [] } },
    { States: { A: { Branches: {}, Choices: 1 } } },
  ]) {
    assert.ok(Array.isArray(graphProblems(broken as JsonObject)));
    assert.ok(Array.isArray(expressProblems(broken as JsonObject)));
    assert.ok(Array.isArray(definitionWarnings(broken as JsonObject)));
  }
});
