import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryJournal } from '../journal/memory.ts';
import { mockObjects } from '../mocks/mock-objects.ts';
import { MockedObjects } from '../mocks/mocked-objects.ts';
import { CutJournal } from '../testing/cut-journal.ts';
import { Harness } from '../testing/harness.ts';
import { FunctionError, hang, ScriptedFunction } from '../testing/scripted.ts';

const call = (functionName: string): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: functionName, 'Payload.$': '$' },
  OutputPath: '$.Payload',
  End: true,
});
const pass = { Type: 'Pass', End: true };

const map = (state: object, rest: object = {}): object => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'One',
        States: { One: state },
      },
      End: true,
      ...rest,
    },
    ...('Catch' in rest ? { Caught: { Type: 'Pass', End: true } } : {}),
  },
});

const reading = (config: object, rest: object = {}): object => ({
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: config,
    Parameters: { Bucket: 'b', 'Key.$': '$.key' },
  },
  ...rest,
});

const bucket = (objects: Readonly<Record<string, string>>): MockedObjects =>
  new MockedObjects(
    Object.entries(objects).map(([Key, Body]) => ({ Bucket: 'b', Key, Body, Encoding: 'utf8' as const })),
  );

const output = (text: string | undefined): unknown => JSON.parse(text ?? 'null');
const line = (harness: Harness): readonly string[] =>
  harness.history().map(({ id, previousEventId, type }) => `${id} after ${previousEventId} ${type}`);

const children = (harness: Harness, label: string, id = 1) => {
  const { journal } = harness.stepFunctions;
  const run = journal.mapRuns.get(id);
  return journal.list({
    machine: `machine/${run?.label ?? label}`,
    status: undefined,
    before: undefined,
    limit: 1_000,
  });
};

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

describe('items that are read', () => {
  const csv = 'a,b\n1,2\n"x,\ny","say ""hi"""\n\n3\n';
  const cases: readonly (readonly [string, object, Readonly<Record<string, string>>, unknown])[] = [
    [
      'CSV with names in its first row',
      reading({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }),
      { k: csv },
      [
        { a: '1', b: '2' },
        { a: 'x,\ny', b: 'say "hi"' },
        { a: '3', b: '' },
      ],
    ],
    [
      'CSV with given names and another delimiter',
      reading({
        InputType: 'CSV',
        CSVHeaderLocation: 'GIVEN',
        CSVHeaders: ['x'],
        CSVDelimiter: 'PIPE',
      }),
      { k: '\uFEFF1|2\n3|4' },
      [{ x: '1' }, { x: '3' }],
    ],
    ['JSON, not all of it', reading({ InputType: 'JSON', MaxItems: 2 }), { k: '[1,2,3]' }, [1, 2]],
    [
      'JSON within a document',
      reading({ InputType: 'JSON', ItemsPointer: '/a~1b/0/list' }),
      { k: '{"a/b":[{"list":[5]}]}' },
      [5],
    ],
    ['JSON lines', reading({ InputType: 'JSONL' }), { k: '{"a":1}\r\n\n{"a":2}' }, [{ a: 1 }, { a: 2 }]],
    [
      'an inventory',
      reading({ InputType: 'MANIFEST' }),
      {
        k: JSON.stringify({
          fileFormat: 'CSV',
          fileSchema: 'Bucket, Key, Size',
          files: [{ key: 'data/1.csv' }],
        }),
        'data/1.csv': '"b","one","3"\n"b","two","4"\n',
      },
      [
        { Bucket: 'b', Key: 'one', Size: '3' },
        { Bucket: 'b', Key: 'two', Size: '4' },
      ],
    ],
  ];
  for (const [name, fields, objects, expected] of cases) {
    test(name, async () => {
      const harness = await Harness.open({
        definition: map(pass, fields),
        objects: mockObjects(bucket(objects)),
      });
      assert.deepEqual(output((await harness.run({ key: 'k' })).result.output), expected);
    });
  }

  test('the objects of a bucket', async () => {
    const listing = {
      Resource: 'arn:aws:states:::s3:listObjectsV2',
      Parameters: { Bucket: 'b', Prefix: 'in/' },
    };
    const objects = mockObjects(bucket({ 'in/2': '22', 'in/1': '1', 'out/3': '' }));
    const harness = await Harness.open({ definition: map(pass, { ItemReader: listing }), objects });
    const items = output((await harness.run({})).result.output) as { Key: string; Size: number }[];
    assert.deepEqual(
      items.map(({ Key, Size }) => [Key, Size]),
      [
        ['in/1', 1],
        ['in/2', 2],
      ],
    );
  });

  const failures: readonly (readonly [string, object, string, RegExp])[] = [
    ['no list', reading({ InputType: 'JSON' }), '{}', /^Attempting to map over non-iterable node\.$/],
    ['no JSON', reading({ InputType: 'JSON' }), '{', /^The object is no JSON: /],
    ['a bad line', reading({ InputType: 'JSONL' }), '1\n{', /^Line 2 of the object is no JSON: /],
    ['names twice', reading({ InputType: 'CSV' }), 'a,a\n1,2', /^CSV headers cannot contain duplicates\.$/],
    ['Parquet', reading({ InputType: 'PARQUET' }), 'PAR1', /^Items in Parquet cannot be read here/],
  ];
  for (const [name, fields, body, cause] of failures) {
    test(`${name} fails the map run`, async () => {
      const harness = await Harness.open({
        definition: map(pass, fields),
        objects: mockObjects(bucket({ k: body })),
      });
      const { status, result } = await harness.run({ key: 'k' });
      assert.deepEqual([status, result.error], ['FAILED', 'States.ItemReaderFailed']);
      assert.match(result.cause ?? '', cause);
      assert.deepEqual(harness.types().slice(-3), ['MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
    });
  }

  test('an object that is not there, and no store at all', async () => {
    const definition = map(pass, reading({ InputType: 'JSON' }));
    const empty = await Harness.open({ definition, objects: mockObjects(bucket({ other: '' })) });
    assert.equal((await empty.run({ key: 'k' })).result.cause, 'The specified key does not exist.');
    const none = await Harness.open({ definition });
    assert.match((await none.run({ key: 'k' })).result.cause ?? '', /^No object store is configured/);
  });
});

describe('results that are written', () => {
  const writer = {
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Parameters: { Bucket: 'b', Prefix: 'results' },
    },
  };

  test('lie in files by how the children ended, behind a manifest', async () => {
    const objects = bucket({ k: '' });
    const work = new ScriptedFunction((event) => {
      if (event === 'bad') throw new FunctionError('Bad');
      return event;
    });
    const definition = map(call('work'), { ...writer, ToleratedFailureCount: 5 });
    const harness = await Harness.open({
      definition,
      functions: { work },
      objects: mockObjects(objects),
    });
    const told = output((await harness.run(['a', 'bad', 'c'])).result.output) as {
      MapRunArn: string;
      ResultWriterDetails: { Bucket: string; Key: string };
    };
    const { Bucket, Key } = told.ResultWriterDetails;
    assert.match(Key, /^results\/[\da-f-]{36}\/manifest\.json$/);
    const read = (key: string): unknown => JSON.parse(String(objects.get(Bucket, key)));
    const manifest = read(Key) as {
      DestinationBucket: string;
      MapRunArn: string;
      ResultFiles: Record<string, { Key: string; Size: number }[]>;
    };
    assert.deepEqual([manifest.DestinationBucket, manifest.MapRunArn], ['b', told.MapRunArn]);
    const { SUCCEEDED: succeeded, FAILED: failed, PENDING: pending } = manifest.ResultFiles;
    assert.deepEqual(pending, []);
    const good = read(succeeded?.[0]?.Key ?? '') as Record<string, string>[];
    assert.deepEqual(
      good.map(({ Input, Output, Status }) => [Input, Output, Status]),
      [
        ['"a"', '"a"', 'SUCCEEDED'],
        ['"c"', '"c"', 'SUCCEEDED'],
      ],
    );
    const bad = read(failed?.[0]?.Key ?? '') as Record<string, string>[];
    assert.deepEqual(
      bad.map(({ Input, Error: error }) => [Input, error]),
      [['"bad"', 'Bad']],
    );
    assert.equal(succeeded?.[0]?.Size, objects.get('b', succeeded?.[0]?.Key ?? '')?.length);
  });

  test('that cannot be written fail the map run', async () => {
    const harness = await Harness.open({ definition: map(pass, writer) });
    const { result } = await harness.run([1]);
    assert.equal(result.error, 'States.ResultWriterFailed');
    assert.equal(harness.stepFunctions.journal.mapRuns.get(1)?.status, 'FAILED');
  });

  test('may be flattened, for the state itself', async () => {
    const definition = map(pass, { ResultWriter: { WriterConfig: { Transformation: 'FLATTEN' } } });
    const harness = await Harness.open({ definition });
    assert.deepEqual(output((await harness.run([[1, 2], 3, []])).result.output), [1, 2, 3]);
  });
});

describe('a distributed Map after a crash', () => {
  const input = ['a', 'b', 'c', 'd', 'e'];
  const definition = map(call('work'), { MaxConcurrency: 2 });

  for (let answered = 0; answered <= input.length; answered += 1) {
    test(`children that have ended are not run again (${answered} had)`, async () => {
      const disk = createMemoryJournal();
      const journal = new CutJournal(disk);
      let calls = 0;
      const partly = new ScriptedFunction((event) => {
        calls += 1;
        return calls > answered ? hang() : `${event}!`;
      });
      const first = await Harness.open({ definition, functions: { work: partly }, journal });
      await first.start(input);
      await first.quiet();
      journal.cut();
      await first.stepFunctions.close();

      const work = new ScriptedFunction((event) => `${event}!`);
      const again = await Harness.open({
        definition,
        functions: { work },
        journal: disk,
        clock: first.clock,
      });
      const ended = answered === input.length ? again.describe() : await again.end();
      assert.deepEqual(
        output(ended.result.output),
        input.map((item) => `${item}!`),
      );
      assert.equal(work.events.length, input.length - answered);
      assert.equal(disk.mapRuns.last(), 1, 'it is the same map run');
    });
  }

  /** Wherever the process dies, nothing is lost and nothing is done twice. */
  for (let writes = 1; writes <= 16; writes += 1) {
    test(`goes on behind every write (${writes})`, async () => {
      const disk = createMemoryJournal();
      const journal = new CutJournal(disk, writes);
      const first = await Harness.open({
        definition: map(pass, { MaxConcurrency: 2, Label: 'each' }),
        journal,
      });
      await Promise.race([first.start(input), new Promise(setImmediate)]);
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
      journal.cut();
      await first.stepFunctions.close();
      const again = await Harness.open({ definition, journal: disk, clock: first.clock });
      if (disk.find('machine', 'execution')?.status === 'RUNNING') await again.end();
      assert.deepEqual(output(again.describe().result.output), input);
      assert.equal(children(again, 'each').length, input.length);
    });
  }

  test('an engine that closes leaves it running, and nothing is written any more', async () => {
    const disk = createMemoryJournal();
    const work = new ScriptedFunction(hang);
    const first = await Harness.open({ definition, functions: { work }, journal: disk });
    await first.start(input);
    await first.quiet();
    await first.stepFunctions.close();
    await new Promise(setImmediate);
    assert.deepEqual([disk.mapRuns.get(1)?.status, disk.running().length], ['RUNNING', 3]);
  });

  test('children of an execution that has ended in between are stopped', async () => {
    const disk = createMemoryJournal();
    const work = new ScriptedFunction(hang);
    const first = await Harness.open({ definition, functions: { work }, journal: disk });
    await first.start(input);
    await first.quiet();
    await first.stepFunctions.close();
    // Its end reaches the disk, and the process dies before its children hear of it.
    const { id } = first.stepFunctions.journal.find('machine', 'execution') ?? { id: 0 };
    const last = disk.last(id);
    disk.write({
      started: undefined,
      transition: {
        execution: id,
        number: (last?.number ?? 0) + 1,
        at: 1,
        lastEvent: (last?.lastEvent ?? 0) + 1,
        position: '',
        packed: '[["ea"]]',
      },
      ending: 'ABORTED',
    });
    const again = await Harness.open({ definition, functions: { work }, journal: disk });
    await again.quiet();
    assert.deepEqual(new Set(children(again, '').map(({ status }) => status)), new Set(['ABORTED']));
    assert.equal(disk.mapRuns.get(1)?.status, 'ABORTED');
  });
});
