import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertCsv, assertTable } from './assert-csv.ts';
import { decodeText } from './decode.ts';
import { readTable } from './read-table.ts';

const png = decodeText(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
);

test('what is no CSV file is named', () => {
  const holds = (what: string) => ({ message: `x is no CSV file: it holds ${what}.` });
  const cases: readonly (readonly [string, string])[] = [
    [png, 'binary data'],
    ['a,b\u0001\u0002\u0003\n1,2\n', 'binary data'],
    ['PK\u0003\u0004\u0014\u0000', 'a ZIP archive or an Excel workbook'],
    ['%PDF-1.4\n', 'a PDF document'],
    ['\n<!DOCTYPE html>\n<p>a, b</p>', 'HTML or XML'],
    ['[\n  {"a": 1},\n', 'JSON'],
    ['{"a": 1, "b": 2}\n', 'JSON'],
  ];
  for (const [text, what] of cases) assert.throws(() => assertCsv('x', text), holds(what));
});

test('what may be a CSV file is none of that', () => {
  for (const text of [
    '',
    'a,b\n1,2\n',
    '<5,>5\n1,2\n',
    '[a],{b}\n1,2\n',
    'PK,name\n1,x\n',
    `a\u001a${'b'.repeat(200)}`,
  ]) {
    assertCsv('x', text);
  }
});

test('text whose rows do not fit the first is no table', () => {
  const table = readTable('a,b\nonly one\nand, three, cells\n1,2\n');
  const message =
    'x is no CSV file: most of its rows (2 of 3) cannot be read. Line 2: it has 1 cell instead of 2.';
  assert.throws(() => assertTable('x', table), { message });
  assertTable('x', readTable('a,b\n1,2\n3\n'));
});
