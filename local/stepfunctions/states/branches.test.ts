import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryJournal } from '../journal/memory.ts';
import { CutJournal } from '../testing/cut-journal.ts';
import { Harness } from '../testing/harness.ts';
import { FunctionError, hang, ScriptedFunction } from '../testing/scripted.ts';

const call = (functionName: string, rest: object = {}): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: functionName, 'Payload.$': '$' },
  OutputPath: '$.Payload',
  End: true,
  ...rest,
});

const parallel = (branches: readonly object[], rest: object = { End: true }): object => ({
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: branches.map((state, index) => ({ StartAt: `B${index}`, States: { [`B${index}`]: state } })),
      ...rest,
    },
    ...('Catch' in rest ? { Caught: { Type: 'Pass', End: true } } : {}),
  },
});

const map = (state: object, rest: object = {}): object => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: { StartAt: 'One', States: { One: state } },
      End: true,
      ...rest,
    },
  },
});

const output = (text: string | undefined): unknown => JSON.parse(text ?? 'null');
const line = (harness: Harness): readonly string[] =>
  harness.history().map(({ id, previousEventId, type }) => `${id} after ${previousEventId} ${type}`);

describe('Parallel', () => {
  test('the result is what the branches put out, in their order, whoever ends first', async () => {
    const definition = parallel([
      { Type: 'Wait', Seconds: 10, End: true },
      { Type: 'Pass', Result: 2, End: true },
    ]);
    const harness = await Harness.open({ definition });
    assert.deepEqual(output((await harness.run(1)).result.output), [1, 2]);
    assert.deepEqual(line(harness), [
      '1 after 0 ExecutionStarted',
      '2 after 0 ParallelStateEntered',
      '3 after 2 ParallelStateStarted',
      '4 after 3 WaitStateEntered',
      '5 after 3 PassStateEntered',
      '6 after 5 PassStateExited',
      '7 after 4 WaitStateExited',
      '8 after 7 ParallelStateSucceeded',
      '9 after 7 ParallelStateExited',
      '10 after 9 ExecutionSucceeded',
    ]);
  });

  test('a branch that fails ends the others, and Catch decides', async () => {
    const fails = new ScriptedFunction(() => {
      throw new FunctionError('Bad', 'why');
    });
    const slow = new ScriptedFunction(hang);
    const definition = parallel([call('slow'), call('fails')], {
      Catch: [{ ErrorEquals: ['Bad'], ResultPath: '$.error', Next: 'Caught' }],
      End: true,
    });
    const harness = await Harness.open({ definition, functions: { fails, slow } });
    const ended = await harness.run({ a: 1 });
    assert.equal((output(ended.result.output) as { error: { Error: string } }).error.Error, 'Bad');
    assert.deepEqual(harness.types().slice(-7), [
      'TaskStateAborted',
      'TaskStateAborted',
      'ParallelStateFailed',
      'ParallelStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('a branch sees the variables around it and keeps its own', async () => {
    const definition = {
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { a: 1 }, Next: 'Both' },
        Both: {
          Type: 'Parallel',
          Branches: [
            {
              StartAt: 'Inner',
              States: {
                Inner: { Type: 'Pass', Assign: { b: 2 }, Next: 'Tell' },
                Tell: { Type: 'Pass', Parameters: { 'a.$': '$a', 'b.$': '$b' }, End: true },
              },
            },
          ],
          Next: 'Ask',
        },
        Ask: { Type: 'Pass', Parameters: { 'a.$': '$a', 'b.$': '$b' }, End: true },
      },
    };
    const harness = await Harness.open({ definition });
    const ended = await harness.run({});
    assert.equal(ended.status, 'FAILED', 'outside, the variable of the branch is unknown');
    assert.ok(JSON.stringify(harness.history()).includes(String.raw`{\"a\":1,\"b\":2}`));
  });
});

describe('variables', () => {
  test('may take ten megabytes in all, and no more', async () => {
    const names = Array.from({ length: 45 }, (_, index) => `v${index}`);
    const states = Object.fromEntries(
      names.map((name, index) => [
        `S${index}`,
        { Type: 'Pass', Assign: { [`${name}.$`]: '$.text' }, Next: `S${index + 1}` },
      ]),
    );
    const definition = { StartAt: 'S0', States: { ...states, S45: { Type: 'Pass', End: true } } };
    const harness = await Harness.open({ definition });
    const ended = await harness.run({ text: 'x'.repeat(250_000) });
    assert.deepEqual([ended.status, ended.result.error], ['FAILED', 'States.DataLimitExceeded']);
    assert.equal((await harness.run({ text: 'x' }, 'small')).status, 'SUCCEEDED');
  });
});

describe('Map', () => {
  test('every item is processed, as many at once as allowed, and the order is kept', async () => {
    let [running, most] = [0, 0];
    const work = new ScriptedFunction(async (event) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      return (event as number) * 2;
    });
    const definition = map(call('work'), { MaxConcurrency: 3 });
    const harness = await Harness.open({ definition, functions: { work } });
    const ended = await harness.run([1, 2, 3, 4, 5, 6, 7]);
    assert.deepEqual(output(ended.result.output), [2, 4, 6, 8, 10, 12, 14]);
    assert.equal(most, 3);
  });

  test('an item selector sees the item and its number', async () => {
    const definition = map(
      { Type: 'Pass', End: true },
      {
        ItemsPath: '$.list',
        ItemSelector: {
          'value.$': '$$.Map.Item.Value',
          'index.$': '$$.Map.Item.Index',
          'other.$': '$.other',
        },
      },
    );
    const ended = await (await Harness.open({ definition })).run({ list: ['a', 'b'], other: true });
    assert.deepEqual(output(ended.result.output), [
      { value: 'a', index: 0, other: true },
      { value: 'b', index: 1, other: true },
    ]);
  });

  test('a failed iteration ends the others; Retry begins again', async () => {
    let calls = 0;
    const work = new ScriptedFunction((event) => {
      calls += 1;
      if (calls === 2) throw new FunctionError('Once');
      return event;
    });
    const definition = map(call('work'), { MaxConcurrency: 1, Retry: [{ ErrorEquals: ['Once'] }] });
    const harness = await Harness.open({ definition, functions: { work } });
    assert.deepEqual(output((await harness.run([1, 2])).result.output), [1, 2]);
    assert.equal(calls, 4);
    assert.equal(harness.types().filter((type) => type === 'MapStateStarted').length, 2);
  });

  test('an iteration that cannot be begun fails the state, and those that run end with it', async () => {
    const slow = new ScriptedFunction((event) => (event === 2 ? hang() : event));
    const definition = {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          MaxConcurrency: 2,
          ItemsPath: '$.list',
          ItemSelector: { 'of.$': 'States.ArrayGetItem($.known, $$.Map.Item.Index)' },
          ItemProcessor: {
            StartAt: 'One',
            States: { One: { ...call('slow'), Parameters: { FunctionName: 'slow', 'Payload.$': '$.of' } } },
          },
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Wait', Seconds: 1, End: true },
      },
    };
    const harness = await Harness.open({ definition, functions: { slow } });
    const ended = await harness.run({ list: [1, 2, 3], known: [1, 2] });
    assert.equal(ended.status, 'SUCCEEDED');
    assert.equal(harness.types().filter((type) => type === 'TaskStateAborted').length, 1);
  });

  test('of nothing is over at once', async () => {
    const harness = await Harness.open({ definition: map({ Type: 'Pass', End: true }) });
    assert.deepEqual(output((await harness.run([])).result.output), []);
  });
});

describe('branches after a crash', () => {
  const nested = {
    StartAt: 'Set',
    States: {
      Set: { Type: 'Pass', Assign: { factor: 10 }, Next: 'Each' },
      Each: {
        Type: 'Map',
        MaxConcurrency: 2,
        ItemProcessor: {
          StartAt: 'Both',
          States: {
            Both: {
              Type: 'Parallel',
              Branches: [
                { StartAt: 'Work', States: { Work: call('work') } },
                {
                  StartAt: 'Pause',
                  States: {
                    Pause: { Type: 'Wait', Seconds: 5, Next: 'Tell' },
                    Tell: {
                      Type: 'Pass',
                      Parameters: { 'item.$': '$$.Map.Item.Value', 'factor.$': '$factor' },
                      End: true,
                    },
                  },
                },
              ],
              End: true,
            },
          },
        },
        End: true,
      },
    },
  };
  const input = ['a', 'b', 'c'];
  const expected = input.map((item) => [`${item}!`, { item, factor: 10 }]);

  /** Plays the whole thing, cutting the process after every so many settled journal entries. */
  for (let answered = 0; answered <= input.length; answered += 1) {
    test(`all of them go on as they stood (${answered} calls had been answered)`, async () => {
      const disk = createMemoryJournal();
      const journal = new CutJournal(disk);
      let calls = 0;
      const partly = new ScriptedFunction((event) => {
        calls += 1;
        return calls > answered ? hang() : `${event}!`;
      });
      const first = await Harness.open({ definition: nested, functions: { work: partly }, journal });
      await first.start(input);
      for (let step = 0; step < answered; step += 1) {
        await first.quiet();
        first.clock.advanceToNext();
      }
      await first.quiet();
      journal.cut();
      await first.stepFunctions.close();

      const work = new ScriptedFunction((event) => `${event}!`);
      const again = await Harness.open({
        definition: nested,
        functions: { work },
        journal: disk,
        clock: first.clock,
      });
      assert.deepEqual(output((await again.end()).result.output), expected);
      assert.equal(again.types().filter((type) => type === 'TaskScheduled').length, input.length);
    });
  }
});
