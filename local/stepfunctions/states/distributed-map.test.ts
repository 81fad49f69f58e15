import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryJournal } from '../journal/memory.ts';
import { CutJournal } from '../testing/cut-journal.ts';
import { call, children, line, map, output, pass } from '../testing/distributed-maps.ts';
import { Harness } from '../testing/harness.ts';
import { FunctionError, hang, ScriptedFunction } from '../testing/scripted.ts';

describe('a distributed Map', () => {
  test('runs a child execution for every item, and tells so in its history', async () => {
    const harness = await Harness.open({ definition: map(pass, { Label: 'each' }) });
    const ended = await harness.run(['a', 'b']);
    assert.deepEqual(output(ended.result.output), ['a', 'b']);
    assert.deepEqual(line(harness), [
      '1 after 0 ExecutionStarted',
      '2 after 0 MapStateEntered',
      '3 after 2 MapStateStarted',
      '4 after 3 MapRunStarted',
      '5 after 4 MapRunSucceeded',
      '6 after 5 MapStateSucceeded',
      '7 after 4 MapStateExited',
      '8 after 7 ExecutionSucceeded',
    ]);
    const [second, first] = children(harness, 'each');
    assert.deepEqual([first?.mapIndex, second?.mapIndex, first?.status], [0, 1, 'SUCCEEDED']);
  });

  test('its children know themselves, their input and their machine, and no variable of it', async () => {
    const definition = {
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { around: 1 }, Next: 'Each' },
        ...(
          map(
            {
              Type: 'Pass',
              Parameters: {
                'input.$': '$$.Execution.Input',
                'arn.$': '$$.Execution.Id',
                'machine.$': '$$.StateMachine.Name',
                'redriven.$': '$$.Execution.RedriveCount',
              },
              End: true,
            },
            { Label: 'each' },
          ) as { States: object }
        ).States,
      },
    };
    const harness = await Harness.open({ definition });
    const [told] = output((await harness.run([7])).result.output) as [Record<string, unknown>];
    assert.deepEqual([told['input'], told['machine'], told['redriven']], [7, 'machine/each', 0]);
    assert.match(
      String(told['arn']),
      /^arn:aws:states:us-east-1:0{12}:execution:machine\/each:[\da-f-]{36}$/,
    );

    const reads = { Type: 'Pass', Parameters: { 'v.$': '$around' }, End: true };
    const other = await Harness.open({
      definition: {
        ...definition,
        States: { ...definition.States, ...(map(reads) as typeof definition).States },
      },
    });
    assert.equal((await other.run([7])).status, 'FAILED');
  });

  test('as many children run at once as are allowed, and the order of results is that of the items', async () => {
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
    const items = Array.from({ length: 20 }, (_, index) => index);
    assert.deepEqual(
      output((await harness.run(items)).result.output),
      items.map((item) => item * 2),
    );
    assert.equal(most, 3);
  });

  test('an item selector sees the item and its number, the state’s input and its variables', async () => {
    const definition = map(pass, {
      ItemsPath: '$.list',
      ItemSelector: {
        'value.$': '$$.Map.Item.Value',
        'index.$': '$$.Map.Item.Index',
        'other.$': '$.other',
      },
    });
    const harness = await Harness.open({ definition });
    assert.deepEqual(output((await harness.run({ list: ['a', 'b'], other: true })).result.output), [
      { value: 'a', index: 0, other: true },
      { value: 'b', index: 1, other: true },
    ]);
  });

  test('a batcher gives several items to a child, by their number and by their size', async () => {
    const batcher = { MaxItemsPerBatch: 2, BatchInput: { 'all.$': '$.all' } };
    const byNumber = await Harness.open({
      definition: map(pass, { ItemsPath: '$.i', ItemBatcher: batcher }),
    });
    assert.deepEqual(output((await byNumber.run({ i: [1, 2, 3], all: 9 })).result.output), [
      { BatchInput: { all: 9 }, Items: [1, 2] },
      { BatchInput: { all: 9 }, Items: [3] },
    ]);
    // `{"Items":["aaaa","bbbb"]}` has 25 bytes.
    for (const [bytes, count] of [
      [25, 2],
      [24, 3],
    ] as const) {
      const bySize = await Harness.open({
        definition: map(pass, { ItemBatcher: { MaxInputBytesPerBatch: bytes } }),
      });
      const batches = output((await bySize.run(['aaaa', 'bbbb', 'cccc'])).result.output);
      assert.equal((batches as unknown[]).length, count);
    }
  });

  test('of nothing is over at once', async () => {
    const harness = await Harness.open({ definition: map(pass) });
    assert.deepEqual(output((await harness.run([])).result.output), []);
  });

  test('results that are too much for a state fail it', async () => {
    const definition = map(pass, { ItemSelector: { 'a.$': '$', 'b.$': '$$.Map.Item.Value' } });
    const harness = await Harness.open({ definition });
    const ended = await harness.run(['x'.repeat(60_000), 'y'.repeat(60_000), 'z'.repeat(60_000)]);
    assert.deepEqual([ended.status, ended.result.error], ['FAILED', 'States.DataLimitExceeded']);
  });
});

describe('failing children', () => {
  const picky = () =>
    new ScriptedFunction((event) => {
      if (event === 'bad') throw new FunctionError('Bad');
      return event;
    });

  test('one is enough to fail the map run, which ends the others; Catch decides', async () => {
    const slow = new ScriptedFunction((event) => {
      if (event === 'bad') throw new FunctionError('Bad');
      return hang();
    });
    const definition = map(call('slow'), { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] });
    const harness = await Harness.open({ definition, functions: { slow } });
    const ended = await harness.run(['good', 'bad', 'good']);
    assert.deepEqual(output(ended.result.output), {
      Error: 'States.ExceedToleratedFailureThreshold',
      Cause: 'The specified tolerated failure threshold was exceeded',
    });
    assert.deepEqual(line(harness).slice(3, 7), [
      '4 after 3 MapRunStarted',
      '5 after 4 MapRunFailed',
      '6 after 5 MapStateFailed',
      '7 after 6 MapStateExited',
    ]);
    const endings = children(harness, '').map(({ status }) => status);
    assert.deepEqual(endings.sort(), ['ABORTED', 'ABORTED', 'FAILED']);
    assert.equal(harness.stepFunctions.journal.mapRuns.get(1)?.status, 'FAILED');
  });

  const tolerances: readonly (readonly [object, string])[] = [
    [{ ToleratedFailureCount: 1 }, 'SUCCEEDED'],
    [{ ToleratedFailureCount: 0 }, 'FAILED'],
    [{ ToleratedFailurePercentage: 50 }, 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 49.9 }, 'FAILED'],
    [{ ToleratedFailureCount: 1, ToleratedFailurePercentage: 49 }, 'FAILED'],
  ];
  for (const [tolerance, status] of tolerances) {
    test(`one of two with ${JSON.stringify(tolerance)}: ${status}`, async () => {
      const definition = map(call('work'), tolerance);
      const harness = await Harness.open({ definition, functions: { work: picky() } });
      const ended = await harness.run(['good', 'bad']);
      assert.equal(ended.status, status);
      if (status === 'FAILED') return;
      const [good, bad] = output(ended.result.output) as [string, Record<string, string>];
      assert.deepEqual([good, bad['Status'], bad['Error'], bad['Input']], ['good', 'FAILED', 'Bad', '"bad"']);
    });
  }

  test('Retry begins a new map run', async () => {
    let calls = 0;
    const work = new ScriptedFunction((event) => {
      calls += 1;
      if (calls === 1) throw new FunctionError('Once');
      return event;
    });
    const definition = map(call('work'), { Retry: [{ ErrorEquals: ['States.ALL'] }] });
    const harness = await Harness.open({ definition, functions: { work } });
    assert.deepEqual(output((await harness.run([1])).result.output), [1]);
    assert.equal(harness.stepFunctions.journal.mapRuns.last(), 2);
    assert.equal(harness.types().filter((type) => type === 'MapRunStarted').length, 2);
  });

  test('an execution that is stopped stops its children', async () => {
    const work = new ScriptedFunction(hang);
    const harness = await Harness.open({ definition: map(call('work')), functions: { work } });
    await harness.start([1, 2]);
    await harness.quiet();
    harness.stepFunctions.stop({ machine: 'machine', name: 'execution' }, {});
    await harness.quiet();
    assert.deepEqual(
      children(harness, '').map(({ status }) => status),
      ['ABORTED', 'ABORTED'],
    );
    assert.equal(harness.stepFunctions.journal.mapRuns.get(1)?.status, 'ABORTED');
  });
});

describe('Express children', () => {
  const express = (state: object, rest: object = {}): object => {
    const definition = map(state, rest) as { States: { Each: { ItemProcessor: object } } };
    const { Each } = definition.States;
    const ProcessorConfig = { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' };
    return {
      ...definition,
      States: { Each: { ...Each, ItemProcessor: { ...Each.ItemProcessor, ProcessorConfig } } },
    };
  };

  test('leave what they came to, and no history', async () => {
    const tells = { Type: 'Pass', Parameters: { 'arn.$': '$$.Execution.Id', 'in.$': '$' }, End: true };
    const harness = await Harness.open({ definition: express(tells, { Label: 'each' }) });
    const told = output((await harness.run(['a', 'b'])).result.output) as { arn: string; in: string }[];
    assert.deepEqual(
      told.map((child) => child.in),
      ['a', 'b'],
    );
    assert.match(told[0]?.arn ?? '', /^arn:aws:states:us-east-1:0{12}:express:machine\/each:/);
    assert.deepEqual(children(harness, 'each'), []);
  });

  test('that fail count, and are told in full where that is tolerated', async () => {
    const work = new ScriptedFunction((event) => {
      if (event === 'bad') throw new FunctionError('Bad');
      return event;
    });
    const definition = express(call('work'), { ToleratedFailureCount: 1 });
    const harness = await Harness.open({ definition, functions: { work } });
    const [good, bad] = output((await harness.run(['good', 'bad'])).result.output) as [
      string,
      Record<string, string>,
    ];
    assert.deepEqual([good, bad['Error'], bad['Status']], ['good', 'Bad', 'FAILED']);
    const strict = await Harness.open({ definition: express(call('work')), functions: { work } });
    assert.equal((await strict.run(['good', 'bad'])).result.error, 'States.ExceedToleratedFailureThreshold');
  });

  test('that had ended before a crash do not run again', async () => {
    const disk = createMemoryJournal();
    const journal = new CutJournal(disk);
    let calls = 0;
    const partly = new ScriptedFunction((event) => {
      calls += 1;
      return calls > 2 ? hang() : `${event}!`;
    });
    const definition = express(call('work'), { MaxConcurrency: 1 });
    const first = await Harness.open({ definition, functions: { work: partly }, journal });
    await first.start(['a', 'b', 'c']);
    await first.quiet();
    journal.cut();
    await first.stepFunctions.close();
    const work = new ScriptedFunction((event) => `${event}!`);
    const again = await Harness.open({ definition, functions: { work }, journal: disk, clock: first.clock });
    assert.deepEqual(output((await again.end()).result.output), ['a!', 'b!', 'c!']);
    assert.deepEqual(work.events, ['c']);
  });

  test('are stopped with the execution', async () => {
    const work = new ScriptedFunction(hang);
    const harness = await Harness.open({ definition: express(call('work')), functions: { work } });
    await harness.start([1]);
    await harness.quiet();
    harness.stepFunctions.stop({ machine: 'machine', name: 'execution' }, {});
    await harness.quiet();
    assert.deepEqual(
      harness.stepFunctions.journal.mapRuns.counts(1).map(({ status }) => status),
      ['ABORTED'],
    );
    assert.equal(harness.stepFunctions.journal.mapRuns.get(1)?.status, 'ABORTED');
  });
});
