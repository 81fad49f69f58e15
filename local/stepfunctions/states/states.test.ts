import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Harness } from '../testing/harness.ts';

const run = async (states: object, input: unknown) => {
  const harness = await Harness.open({ definition: { StartAt: 'First', States: states } });
  return { harness, ended: await harness.run(input) };
};

const output = (text: string | undefined): unknown => JSON.parse(text ?? 'null');

/** A machine has to have an end, even if it never comes to it. */
const forever = (state: object) => ({
  First: { ...state, Next: 'Again' },
  Again: { Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'End' }], Default: 'First' },
  End: { Type: 'Succeed' },
});

describe('Pass', () => {
  test('a fixed result is put into the input', async () => {
    const { ended } = await run(
      { First: { Type: 'Pass', Result: { b: 2 }, ResultPath: '$.x.y', End: true } },
      { a: 1 },
    );
    assert.deepEqual(output(ended.result.output), { a: 1, x: { y: { b: 2 } } });
  });

  test('null paths stand for an empty object', async () => {
    const { ended } = await run({ First: { Type: 'Pass', InputPath: null, End: true } }, { a: 1 });
    assert.deepEqual(output(ended.result.output), {});
  });

  test('a result that does not fit into the input fails the execution', async () => {
    const { ended } = await run(
      { First: { Type: 'Pass', Result: 1, ResultPath: '$.a.b', End: true } },
      { a: 'text' },
    );
    assert.deepEqual([ended.status, ended.result.error], ['FAILED', 'States.ResultPathMatchFailure']);
  });

  test('outputs that grow beyond the limit fail the execution', async () => {
    const double = { Type: 'Pass', Parameters: { 'a.$': '$', 'b.$': '$' } };
    const { ended } = await run(forever(double), 'x'.repeat(1_000));
    assert.equal(ended.result.error, 'States.DataLimitExceeded');
  });
});

describe('Choice', () => {
  const choose = (rule: object) => ({
    First: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
    Yes: { Type: 'Pass', Result: true, End: true },
    No: { Type: 'Pass', Result: false, End: true },
  });
  const chosen = async (rule: object, input: unknown) =>
    output((await run(choose(rule), input)).ended.result.output);

  test('rules nest', async () => {
    const rule = {
      And: [
        { Variable: '$.n', NumericGreaterThan: 1 },
        { Or: [{ Variable: '$.s', StringMatches: 'a*z' }, { Not: { Variable: '$.b', IsPresent: true } }] },
      ],
    };
    assert.equal(await chosen(rule, { n: 2, s: 'abcz', b: 1 }), true);
    assert.equal(await chosen(rule, { n: 2, s: 'abc', b: 1 }), false);
    assert.equal(await chosen(rule, { n: 2, s: 'abc' }), true);
    assert.equal(await chosen(rule, { n: 1, s: 'abcz' }), false);
  });

  test('a star in a pattern stands for itself when it is escaped', async () => {
    assert.equal(await chosen({ Variable: '$', StringMatches: '\\**.log' }, '*a.log'), true);
    assert.equal(await chosen({ Variable: '$', StringMatches: '\\**.log' }, 'xa.log'), false);
  });

  test('values are compared by path, and other types never match', async () => {
    const rule = { Variable: '$.a', TimestampLessThanPath: '$.b' };
    assert.equal(await chosen(rule, { a: '2026-01-01T00:00:00Z', b: '2026-01-01T00:00:00-01:00' }), true);
    assert.equal(await chosen(rule, { a: '2026-01-01T00:00:00Z', b: 5 }), false);
  });

  test('a variable that is not there fails the execution', async () => {
    const { ended } = await run(choose({ Variable: '$.none', IsNull: true }), {});
    assert.equal(ended.result.error, 'States.Runtime');
    assert.match(
      ended.result.cause ?? '',
      /Invalid path '\$\.none': The choice state's condition path references an invalid/,
    );
  });

  test('no rule and no default fail the execution', async () => {
    const states = {
      First: { Type: 'Choice', Choices: [{ Variable: '$', StringEquals: 'a', Next: 'Last' }] },
      Last: { Type: 'Succeed' },
    };
    assert.equal((await run(states, 'b')).ended.result.error, 'States.NoChoiceMatched');
  });
});

describe('Wait', () => {
  test('a year takes no time on a virtual clock', async () => {
    const { harness, ended } = await run({ First: { Type: 'Wait', Seconds: 31_536_000, End: true } }, {});
    assert.equal((ended.endedAt ?? 0) - ended.startedAt, 31_536_000_000);
    assert.deepEqual(harness.types(), [
      'ExecutionStarted',
      'WaitStateEntered',
      'WaitStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('it waits until a time, or not at all when that is past', async () => {
    const states = { First: { Type: 'Wait', TimestampPath: '$.until', End: true } };
    const { ended } = await run(states, { until: '2026-01-02T00:00:00Z' });
    assert.equal(ended.endedAt, Date.UTC(2026, 0, 2));
    assert.equal((await run(states, { until: '2020-01-01T00:00:00Z' })).ended.endedAt, Date.UTC(2026, 0, 1));
  });
});

describe('Succeed and Fail', () => {
  test('Succeed ends with its filtered input', async () => {
    const { ended, harness } = await run({ First: { Type: 'Succeed', OutputPath: '$.a' } }, { a: 1 });
    assert.deepEqual([ended.status, ended.result.output], ['SUCCEEDED', '1']);
    assert.equal(harness.types().at(-2), 'SucceedStateExited');
  });

  test('Fail ends in the words of the definition or the input', async () => {
    const fixed = await run({ First: { Type: 'Fail', Error: 'Own', Cause: 'Because.' } }, {});
    assert.deepEqual(
      [fixed.ended.status, fixed.ended.result],
      ['FAILED', { error: 'Own', cause: 'Because.' }],
    );
    const read = await run(
      { First: { Type: 'Fail', ErrorPath: '$.e', CausePath: '$.c' } },
      { e: 'E', c: 'C' },
    );
    assert.deepEqual(read.ended.result, { error: 'E', cause: 'C' });
  });
});

describe('limits of an execution', () => {
  test('its machine may limit its time', async () => {
    const definition = {
      StartAt: 'First',
      TimeoutSeconds: 10,
      States: { First: { Type: 'Wait', Seconds: 60, End: true } },
    };
    const harness = await Harness.open({ definition });
    const ended = await harness.run({});
    assert.deepEqual([ended.status, harness.types().at(-1)], ['TIMED_OUT', 'ExecutionTimedOut']);
    assert.equal((ended.endedAt ?? 0) - ended.startedAt, 10_000);
  });

  test('its history ends at 25,000 events', async () => {
    const { ended, harness } = await run(forever({ Type: 'Pass' }), {});
    assert.equal(ended.status, 'FAILED');
    assert.equal(ended.result.cause, 'The execution reached the maximum number of history events (25000).');
    const history = harness.history();
    assert.deepEqual(
      [history.length, history.at(-1)?.type, history.at(-1)?.id],
      [25_000, 'ExecutionFailed', 25_000],
    );
  });
});
