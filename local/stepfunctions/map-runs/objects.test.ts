import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mockObjects } from '../mocks/mock-objects.ts';
import { bucket, call, map, output, pass, reading } from '../testing/distributed-maps.ts';
import { Harness } from '../testing/harness.ts';
import { FunctionError, ScriptedFunction } from '../testing/scripted.ts';

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
