import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ParamValidationError, validate } from './client-validation.ts';
import { percent } from './report.ts';
import { diagnosticsOf } from './run-validation.ts';
import { runVector } from './run-vector.ts';
import type { ExecutionVector, ValidationVector, Vector } from './vector.ts';
import { firstFailure } from './verdict.ts';

const arn = 'arn:aws:states:us-east-1:111111111111';
const roleArn = 'arn:aws:iam::111111111111:role/test';

/** A pass state in a year, as AWS would have recorded it. */
const recorded: ExecutionVector = {
  id: 'wait-and-pass',
  kind: 'execution',
  area: 'execution.wait',
  features: ['wait', 'pass'],
  stateMachineType: 'STANDARD',
  definition: {
    StartAt: 'Wait',
    States: {
      Wait: { Type: 'Wait', Seconds: 31_536_000, Next: 'Pass' },
      Pass: { Type: 'Pass', Result: { at: 'x' }, ResultPath: '$.pass', End: true },
    },
  },
  input: { a: 1 },
  context: {
    stateMachineArn: `${arn}:stateMachine:machine`,
    stateMachineName: 'machine',
    executionArn: `${arn}:execution:machine:one`,
    executionName: 'one',
    roleArn,
  },
  mocks: {},
  expected: {
    status: 'SUCCEEDED',
    output: { a: 1, pass: { at: '<any:thing>' } },
    events: [
      { id: 1, type: 'ExecutionStarted', previousEventId: 0, details: { input: { a: 1 }, roleArn } },
      { id: 2, type: 'WaitStateEntered', previousEventId: 0, details: { input: { a: 1 }, name: 'Wait' } },
      { id: 3, type: 'WaitStateExited', previousEventId: 2, details: { name: 'Wait', output: { a: 1 } } },
      { id: 4, type: 'PassStateEntered', previousEventId: 3, details: { input: { a: 1 }, name: 'Pass' } },
      {
        id: 5,
        type: 'PassStateExited',
        previousEventId: 4,
        details: { name: 'Pass', output: { a: 1, pass: { at: 'x' } } },
      },
      {
        id: 6,
        type: 'ExecutionSucceeded',
        previousEventId: 5,
        details: { output: { a: 1, pass: { at: 'x' } } },
      },
    ],
  },
  eventOrder: 'total',
  compare: ['status', 'output', 'stateNames', 'eventTypes', 'eventDetails'],
};

async function verdict(vector: Vector) {
  const came = await runVector(vector, false);
  const { field, difference } = firstFailure(came) ?? {};
  return { result: came.result, full: came.full, field, path: difference?.path };
}

const withExpected = (changed: Partial<ExecutionVector['expected']>): ExecutionVector => ({
  ...recorded,
  expected: { ...recorded.expected, ...changed },
});

describe('an execution', () => {
  test('passes when everything is as recorded, over a year of waiting', async () => {
    assert.deepEqual(await verdict(recorded), {
      result: true,
      full: true,
      field: undefined,
      path: undefined,
    });
  });

  test('fails with another result', async () => {
    const other = await verdict(withExpected({ output: { a: 2, pass: { at: 'x' } } }));
    assert.deepEqual(other, { result: false, full: false, field: 'output', path: '$.output.a' });
    const failed = await verdict(withExpected({ status: 'FAILED' }));
    assert.deepEqual([failed.result, failed.field], [false, 'status']);
  });

  test('passes on its result alone with another history', async () => {
    const events = recorded.expected.events?.slice(0, 5) ?? [];
    const shorter = await verdict(withExpected({ events }));
    assert.deepEqual(shorter, { result: true, full: false, field: 'eventTypes', path: '$.eventTypes[5]' });
  });

  test('fails where it cannot be run, or compares what nobody knows, or nothing', async () => {
    const refused = await verdict({ ...recorded, definition: { StartAt: 'None', States: {} } });
    assert.deepEqual([refused.result, refused.full, refused.field], [false, false, 'run']);
    const strange = await verdict({ ...recorded, compare: ['status', 'colour'] });
    assert.deepEqual([strange.full, strange.field], [false, 'colour']);
    assert.equal((await verdict({ ...recorded, compare: [] })).full, false);
    const kind = await verdict({ ...recorded, kind: 'dream' } as unknown as Vector);
    assert.deepEqual([kind.result, kind.field], [false, 'run']);
  });

  test('is stopped while it waits', async () => {
    const aborted = { status: 'ABORTED', error: 'E', cause: 'C' };
    const { events: _, output: __, ...expected } = { ...recorded.expected, ...aborted };
    const stopped = { ...recorded, stop: { error: 'E', cause: 'C' }, expected };
    const came = await verdict({ ...stopped, compare: ['status', 'error', 'cause', 'output'] });
    assert.deepEqual([came.result, came.full], [true, true]);
  });
});

describe('a validation', () => {
  const refused: ValidationVector = {
    id: 'no-states',
    kind: 'validation',
    area: 'validation',
    features: [],
    api: 'CreateStateMachine',
    definition: { StartAt: 'A' },
    expected: {
      result: 'FAIL',
      error: 'InvalidDefinition',
      diagnostics: [{ code: 'SCHEMA_VALIDATION_FAILED', location: '/' }],
    },
    compare: ['result', 'error', 'diagnostics.code', 'diagnostics.location'],
  };

  test('fails where the service takes what was refused, or names another place', async () => {
    assert.equal((await verdict(refused)).full, true);
    const taken = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
    assert.deepEqual((await verdict({ ...refused, definition: taken })).field, 'result');
    const elsewhere = {
      ...refused.expected,
      diagnostics: [{ code: 'SCHEMA_VALIDATION_FAILED', location: '/x' }],
    };
    const { result, field } = await verdict({ ...refused, expected: elsewhere });
    assert.deepEqual([result, field], [true, 'diagnostics.location']);
  });

  test('reads the diagnostics of a refusal', () => {
    const message = "Invalid State Machine Definition: 'A_B: It is, at best, odd at /States/X, C: None'";
    assert.deepEqual(diagnosticsOf(message), [
      { code: 'A_B', message: 'It is, at best, odd', location: '/States/X' },
      { code: 'C', message: 'None' },
    ]);
    assert.deepEqual(diagnosticsOf('Something else'), []);
  });
});

test('what an SDK refuses never reaches the service', () => {
  const message =
    'Parameter validation failed:\nInvalid length for parameter stateName, value: 0, valid min length: 1';
  assert.throws(() => validate({ stateName: '' }), { name: 'ParamValidationError', message });
  assert.throws(() => validate({ stateConfiguration: { retrierRetryCount: -1 } }), ParamValidationError);
  validate({ stateName: 'A', input: '', constructor: '', stateConfiguration: { retrierRetryCount: 0 } });
});

test('a percentage that is not reached is not shown', () => {
  assert.equal(percent(797, 798), 99.87);
  assert.equal(percent(99_999, 100_000), 99.99);
  assert.equal(percent(0, 0), 0);
});

describe('npm run conformance:asl', () => {
  const root = mkdtempSync(join(tmpdir(), 'tandem-vectors-'));
  after(() => rmSync(root, { recursive: true }));
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const run = (args: readonly string[], cwd = root) =>
    spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', cwd });
  mkdirSync(join(root, 'set', 'visible'), { recursive: true });
  const { area: _, ...line } = recorded;
  const wrong = { ...line, id: 'wrong', expected: { ...line.expected, output: 'other' } };
  writeFileSync(join(root, 'set', 'visible', 'execution.wait.jsonl'), `${JSON.stringify(line)}\n`);
  writeFileSync(join(root, 'set', 'visible', 'execution.wrong.jsonl'), `${JSON.stringify(wrong)}\n`);

  test('counts by area and feature, and says what differs first', () => {
    const { status, stdout } = run(['--vectors', 'set', '--json']);
    const report = JSON.parse(stdout);
    assert.equal(status, 1);
    assert.deepEqual(report.all, { total: 2, result: 1, full: 1 });
    assert.deepEqual(report.areas['execution.wrong'], { total: 1, result: 0, full: 0 });
    assert.deepEqual(report.features.pass, { total: 2, result: 1, full: 1 });
    assert.deepEqual(report.failures[0].path, '$.output');
    assert.equal(report.resultPercent, 50);
  });

  test('ends well when enough pass, of those that are asked for', () => {
    const lenient = run(['--vectors', 'set', '--min-result', '50', '--min-full', '50']);
    assert.equal(lenient.status, 0);
    assert.match(
      lenient.stdout,
      /^execution\.wrong {2}wrong\n {2}output at \$\.output\n {4}expected "other"\n/,
    );
    assert.equal(run(['--vectors', 'set/visible', '--filter', 'execution.wait']).status, 0);
    assert.equal(run(['--vectors', 'set', '--filter', 'nothing']).status, 1);
  });

  test('says that there are no vectors; only a folder that was asked for has to be there', () => {
    const skipped = run([]);
    assert.deepEqual([skipped.status, /^Skipped: /.test(skipped.stdout)], [0, true]);
    assert.equal(run(['--vectors', 'gone']).status, 1);
  });
});
