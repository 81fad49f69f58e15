import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTable } from './read-table.ts';

const cellsOf = (text: string) => readTable(text).rows.map(({ cells }) => cells);

test('the delimiter is found', () => {
  for (const delimiter of [',', ';', '\t', '|']) {
    const text = [
      ['a', 'b'],
      ['1', 'x'],
      ['2', 'y'],
    ]
      .map((cells) => cells.join(delimiter))
      .join('\n');
    const table = readTable(`${text}\n`);
    assert.deepEqual([table.delimiter, table.columns, table.rows.length], [delimiter, ['a', 'b'], 2]);
  }
});

test('quoted cells hold delimiters, quotes and line breaks; lines are counted through them', () => {
  const { rows } = readTable('\uFEFFa,b\r\n"x, ""y""\r\nz",1\r\n\r\n2,3\r\n');
  assert.deepEqual(rows, [
    { line: 2, cells: ['x, "y"\r\nz', '1'] },
    { line: 5, cells: ['2', '3'] },
  ]);
  assert.deepEqual(
    readTable('a;b\n\n1;2\n\n\n3;4\n').rows.map(({ line }) => line),
    [3, 6],
  );
});

test('rows of another length are broken', () => {
  const { rows, broken } = readTable('a,b\n1,2\n3\n4,5,6\n');
  assert.equal(rows.length, 1);
  assert.deepEqual(broken, [
    { line: 3, reason: 'it has 1 cell instead of 2' },
    { line: 4, reason: 'it has 3 cells instead of 2' },
  ]);
});

test('a first row of values is no header; columns without a name, or with the same one, get one', () => {
  assert.deepEqual(readTable('1,x\n2,y\n').columns, ['column 1', 'column 2']);
  assert.equal(readTable('1,x\n2,y\n').rows.length, 2);
  assert.deepEqual(readTable('a,,a\n1,2,3\n').columns, ['a', 'column 2', 'a (2)']);
});

test('nothing, blanks and one column', () => {
  assert.deepEqual(readTable('').columns, []);
  assert.deepEqual(readTable('\n \n,,\n').rows, []);
  assert.deepEqual(cellsOf('name\nAnna\nBen\n'), [['Anna'], ['Ben']]);
});
