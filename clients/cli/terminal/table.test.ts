import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unpainted } from '../testing/unpainted.ts';
import { type Column, table } from './table.ts';

const columns: readonly Column<string>[] = [
  { title: 'id', text: () => 'run_1234567890' },
  { title: 'what', text: (what) => what, gives: true },
  { title: 'started', text: () => '2026-11-28 11:00', optional: true },
  { title: 'took', text: () => '1.2 s', right: true, optional: true },
];

const shown = (width: number, terminal = true) =>
  table(['publish the report of november'], columns, { paint: unpainted, columns: width, terminal });

test('one column gives before the next one does', () => {
  const two = [
    { title: 'a', text: (text: string) => text, gives: true },
    { title: 'b', text: (text: string) => text, gives: true },
  ] as const;
  const lines = table(['twenty characters ok'], two, { paint: unpainted, columns: 32, terminal: true });
  assert.equal(lines[1], 'twenty char…  twenty characters…');
});

test('columns are as wide as they need to be', () => {
  assert.deepEqual(shown(80), [
    'id              what                            started            took',
    'run_1234567890  publish the report of november  2026-11-28 11:00  1.2 s',
  ]);
  assert.deepEqual(shown(20, false), shown(80));
});

test('a narrow terminal cuts what gives, then leaves out what is optional', () => {
  assert.equal(shown(65)[1], 'run_1234567890  publish the report of n…  2026-11-28 11:00  1.2 s');
  assert.equal(shown(60)[1], 'run_1234567890  publish the report of nov…  2026-11-28 11:00');
  assert.equal(shown(50)[1], 'run_1234567890  publish the report of november');
  assert.equal(shown(40)[1], 'run_1234567890  publish the report of n…');
  assert.equal(shown(30)[1], 'run_1234567890  publish the r…');
});
