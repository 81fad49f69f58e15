import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ToldEvent } from './events.ts';
import { toldEvent } from './events.ts';
import { detailsDifference, orderDifference, stateNamesDifference, typesDifference } from './history.ts';
import type { RecordedEvent } from './vector.ts';

type Row = readonly [
  id: number | null,
  type: string,
  previous: number | null,
  details: Record<string, string>,
];

const events = (rows: readonly Row[]): RecordedEvent[] =>
  rows.map(([id, type, previousEventId, details]) => ({ id, type, previousEventId, details }));

const line: readonly Row[] = [
  [1, 'ExecutionStarted', 0, { input: 'i' }],
  [2, 'PassStateEntered', 0, { name: 'P' }],
  [3, 'PassStateExited', 2, { name: 'P' }],
  [4, 'ExecutionSucceeded', 3, { output: 'o' }],
];

/** The place of the first difference, whichever of the comparisons finds it. */
function found(expected: readonly Row[], actual: readonly Row[], order: 'total' | 'partial' = 'total') {
  const histories = { expected: events(expected), actual: events(actual) as ToldEvent[], order };
  const all = [
    stateNamesDifference(histories),
    typesDifference(histories),
    orderDifference(histories),
    detailsDifference(histories, {}),
  ];
  return all.map((difference) => difference?.path);
}

const none = [undefined, undefined, undefined, undefined];

describe('a history of one line', () => {
  test('is like itself', () => assert.deepEqual(found(line, line), none));

  test('is not without an event, or with one more', () => {
    const renumbered: Row[] = [line[0] as Row, line[1] as Row, [3, 'ExecutionSucceeded', 2, { output: 'o' }]];
    const places = ['$.stateNames[1]', '$.eventTypes[2]', '$.events[3]', '$.events[2].type'];
    assert.deepEqual(found(line, renumbered), places);
    assert.deepEqual(found(renumbered, line), places);
  });

  test('is not in another order', () => {
    const swapped: Row[] = [
      line[0] as Row,
      [2, 'PassStateExited', 0, { name: 'P' }],
      [3, 'PassStateEntered', 2, { name: 'P' }],
      line[3] as Row,
    ];
    const [names, types, order, details] = found(line, swapped);
    assert.deepEqual(
      [names, types, order, details],
      [undefined, '$.eventTypes[1]', undefined, '$.events[1].type'],
    );
  });

  test('is not after another event, nor with other ids', () => {
    const misled = line.map((row) => (row[0] === 4 ? ([4, row[1], 2, row[3]] as Row) : row));
    assert.deepEqual(found(line, misled), [undefined, undefined, '$.events[3].previousEventId', undefined]);
    const gap = line.map((row) => (row[0] === 4 ? ([5, row[1], 3, row[3]] as Row) : row));
    assert.deepEqual(found(line, gap), [undefined, undefined, '$.events[3]', undefined]);
  });

  test('is not with other details', () => {
    const other = line.map((row) => (row[0] === 3 ? ([3, row[1], 2, { name: 'Q' }] as Row) : row));
    assert.deepEqual(found(line, other), [
      '$.stateNames[1]',
      undefined,
      undefined,
      '$.events[2].details.name',
    ]);
  });
});

describe('a history of branches', () => {
  const started: Row = [1, 'ParallelStateStarted', 0, {}];
  const mixed: readonly Row[] = [
    started,
    [2, 'PassStateEntered', 1, { name: 'A' }],
    [3, 'PassStateEntered', 1, { name: 'B' }],
    [4, 'PassStateExited', 2, { name: 'A' }],
    [5, 'PassStateExited', 3, { name: 'B' }],
  ];
  const inTurn: readonly Row[] = [
    started,
    [2, 'PassStateEntered', 1, { name: 'B' }],
    [3, 'PassStateExited', 2, { name: 'B' }],
    [4, 'PassStateEntered', 1, { name: 'A' }],
    [5, 'PassStateExited', 4, { name: 'A' }],
  ];

  test('may be mixed in any way', () => assert.deepEqual(found(mixed, inTurn, 'partial'), none));

  test('holds the same events, and each follows the right one', () => {
    const crossed = inTurn.map((row) => (row[0] === 5 ? ([5, row[1], 3, row[3]] as Row) : row));
    assert.deepEqual(found(mixed, crossed, 'partial'), [undefined, undefined, undefined, '$.events']);
    const renamed = inTurn.map((row) => (row[0] === 5 ? ([5, row[1], 4, { name: 'C' }] as Row) : row));
    assert.deepEqual(found(mixed, renamed, 'partial')[3], '$.events[3].details.name');
    const shorter = found(mixed, inTurn.slice(0, 4), 'partial');
    assert.deepEqual(shorter, [
      '$.stateNames',
      '$.eventTypes',
      '$.events.length',
      '$.events[3].details.name',
    ]);
    const longer: Row[] = [...inTurn, [6, 'PassStateExited', 4, { name: 'A' }]];
    assert.deepEqual(found(mixed, longer, 'partial'), [undefined, undefined, '$.events.length', undefined]);
    assert.equal(found(mixed, inTurn, 'total')[1], '$.eventTypes[2]');
  });

  test('an event whose predecessor is not known may follow any', () => {
    const sorted = mixed.map(([, type, , details], index) =>
      index === 0 ? started : ([null, type, null, details] as Row),
    );
    assert.deepEqual(found(sorted, inTurn, 'partial'), none);
    const twice: Row[] = [...sorted.slice(0, 4), [null, 'PassStateExited', null, { name: 'A' }]];
    assert.notEqual(found(twice, inTurn, 'partial')[3], undefined);
  });

  test('what the recorder has lost is counted, by its last id', () => {
    const lossy: Row[] = [
      started,
      [null, 'PassStateEntered', null, { name: 'A' }],
      [5, 'PassStateExited', null, { name: 'A' }],
    ];
    assert.deepEqual(found(lossy, inTurn, 'partial'), none);
    assert.deepEqual(found(lossy, inTurn.slice(0, 4), 'partial').slice(2), [
      '$.events.length',
      '$.events[2].details.name',
    ]);
  });

  test('many events that are all alike are paired in no time', () => {
    const rows = (count: number): Row[] =>
      Array.from({ length: count }, (_, index) => [index + 1, 'MapIterationStarted', 0, {}] as Row);
    assert.deepEqual(found(rows(400), rows(400), 'partial'), none);
  });
});

test('an event is told as the vectors record it', () => {
  const told = toldEvent({
    id: 3,
    type: 'PassStateExited',
    timestamp: new Date(0),
    previousEventId: 2,
    stateExitedEventDetails: {
      name: 'P',
      output: '{"a":[1]}',
      outputDetails: { truncated: false },
      assignedVariables: { x: '42', y: '"t"' },
      assignedVariablesDetails: { truncated: false },
    },
  });
  assert.deepEqual(told, {
    id: 3,
    type: 'PassStateExited',
    previousEventId: 2,
    details: { name: 'P', output: { a: [1] }, assignedVariables: { x: 42, y: 't' } },
  });
  assert.deepEqual(toldEvent({ id: 1, type: 'ParallelStateStarted', timestamp: undefined }).details, {});
});
