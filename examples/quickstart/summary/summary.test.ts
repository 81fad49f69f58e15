import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTable } from '../csv/read-table.ts';
import { writeCsv } from '../csv/write-csv.ts';
import { statisticsOf, total } from './statistics.ts';
import { type Summary, summarise } from './summary.ts';

const summaryOf = (text: string): Summary => summarise(readTable(text));

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

test('kinds of columns', () => {
  const { columns } = summaryOf(
    `id,when,team,amount,note,gone\n${lines(40, (i) => `A-${i},2026-01-${(i % 28) + 1},${i % 2 ? 'N' : 'S'},${i}.5,some words ${i},`)}`,
  );
  assert.deepEqual(
    columns.map(({ kind }) => kind),
    ['identifier', 'date', 'category', 'number', 'text', 'empty'],
  );
});

test('dirty rows are set aside, each with its line and reason', () => {
  const rows = lines(40, (i) => `A-${i},2026-01-01,N,${i}`);
  const { dirty, rows: used } = summaryOf(
    `id,when,team,amount\n${rows}\nB-1,2026-02-30,N,1\nB-2,2026-01-01,N,three\nB-3,2026-01-01,,1\nA-3,2026-01-01,N,3\n`,
  );
  assert.equal(used.length, 40);
  assert.deepEqual(dirty, [
    { line: 42, reason: 'when is no date: “2026-02-30”' },
    { line: 43, reason: 'amount is no number: “three”' },
    { line: 44, reason: 'team is missing' },
    { line: 45, reason: 'it repeats line 5' },
  ]);
});

test('equal rows are kept where nothing tells rows apart', () => {
  assert.equal(summaryOf('city,grade\nRome,1\nRome,1\nOslo,1\n').dirty.length, 0);
});

test('the measure is the column that tells most; levels are averaged, not added up', () => {
  assert.deepEqual(
    [
      'quantity,unit_price,revenue\n1,2,3\n2,3,6\n',
      'room,temperature\na,20\nb,22\n',
      'name\nAnna\nBen\n',
    ].map((text) => {
      const { measure, value } = summaryOf(text);
      return [measure.name, measure.how, value];
    }),
    [
      ['revenue', 'sum', 9],
      ['temperature', 'mean', 21],
      ['rows', 'count', 2],
    ],
  );
});

test('groups are those that explain most of the differences', () => {
  const text = `shift,team,amount\n${lines(40, (i) => `${i % 2 ? 'day' : 'night'},${i % 4 < 2 ? 'N' : 'S'},${i % 4 < 2 ? 100 + i : 1 + i}`)}`;
  const { grouping } = summaryOf(text);
  assert.equal(grouping?.column, 'team');
  assert.deepEqual(
    grouping?.groups.map(({ name, rows }) => [name, rows]),
    [
      ['N', 20],
      ['S', 20],
    ],
  );
});

test('a trend has no gaps and fits its period to its span', () => {
  const trendOf = (...days: string[]) =>
    summaryOf(`day,amount\n${days.map((day) => `${day},1`).join('\n')}`).trend;
  assert.deepEqual(
    trendOf('2026-01-15', '2026-04-02', '2026-12-01')
      ?.points.map(({ label, value }) => `${label} ${value}`)
      .slice(0, 4),
    ['Jan 2026 1', 'Feb 2026 0', 'Mar 2026 0', 'Apr 2026 1'],
  );
  assert.equal(trendOf('2026-01-01', '2026-01-20')?.period, 'day');
  assert.equal(trendOf('2026-01-01', '2026-04-20')?.period, 'week');
  assert.equal(trendOf('2001-01-01', '2026-04-20')?.period, 'year');
  assert.equal(trendOf('2026-01-01', '2026-01-01'), undefined);
});

test('huge numbers stay numbers', () => {
  const { value } = summaryOf('x\n1e308\n1.7e308\n1e300\n');
  assert.ok(Number.isFinite(value));
  assert.equal(statisticsOf([1e308, 1.7e308]).median, 1.35e308);
  assert.equal(total([1e16, 1, -1e16]), 1);
});

test('cleaned rows are plain CSV', () => {
  const { columns, rows } = summaryOf('name;amount\n"a;""b""";1.234,5\nc;2,5\nd;3,5\n');
  assert.equal(writeCsv(columns, rows), 'name,amount\n"a;""b""",1234.5\nc,2.5\nd,3.5\n');
});
