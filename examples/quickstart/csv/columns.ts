import { dayOrderOf, parseDate } from './dates.ts';
import { decimalMarkOf, parseNumber } from './numbers.ts';
import type { Row, Table } from './table.ts';

/** What the cells of a column are. */
export type ColumnKind = 'number' | 'date' | 'category' | 'identifier' | 'text' | 'empty';

export interface Column {
  readonly name: string;
  readonly index: number;
  readonly kind: ColumnKind;
  /** Share of cells that say something, 0 to 1. */
  readonly filled: number;
  /** How many different values there are. */
  readonly distinct: number;
  /** What the cells of numbers and dates say, by line: a number, or a time in milliseconds since the epoch, or NaN. */
  readonly said: Float64Array;
}

/** Share of the filled cells that must fit a kind: the others are dirty. */
const fitting = 0.8;

/** A category has at most so many values. */
const categories = 40;

/** The columns of a table, each with the kind that most of its cells fit. */
export function columnsOf({ columns, rows }: Pick<Table, 'columns' | 'rows'>): Column[] {
  return columns.map((name, index) => columnOf(name, index, rows));
}

function columnOf(name: string, index: number, rows: readonly Row[]): Column {
  const cells = countCells(index, rows);
  const count = total(cells.values());
  const mark = decimalMarkOf(cells);
  const order = dayOrderOf(cells);
  const facts = {
    name,
    index,
    filled: rows.length === 0 ? 0 : count / rows.length,
    distinct: cells.size,
    said: nothing,
  };
  if (count === 0) return { ...facts, kind: 'empty' };
  const dates = readMost(cells, count, (cell) => parseDate(cell, order));
  if (dates) return { ...facts, kind: 'date', said: byLine(index, rows, dates) };
  const numbers = readMost(cells, count, (cell) => parseNumber(cell, mark));
  const distinct = [...cells.keys()];
  if (!numbers) return { ...facts, kind: textKind(distinct, count) };
  if (isIdentifier(name, distinct, count)) return { ...facts, kind: 'identifier' };
  return { ...facts, kind: 'number', said: byLine(index, rows, numbers) };
}

/** How often each cell occurs: what is the same is looked at once. */
function countCells(index: number, rows: readonly Row[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { cells } of rows) {
    const cell = cells[index] ?? '';
    if (cell !== '') counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return counts;
}

/** What the cells say, if enough of them say it; as soon as too many do not, the others need not be looked at. */
function readMost(
  cells: ReadonlyMap<string, number>,
  count: number,
  read: (cell: string) => number | undefined,
): Map<string, number> | undefined {
  const said = new Map<string, number>();
  let unread = 0;
  for (const [cell, times] of cells) {
    const value = read(cell);
    if (value !== undefined) said.set(cell, value);
    else unread += times;
    if (count - unread < count * fitting) return undefined;
  }
  return said;
}

/** An array by number is many times faster than to look a text up, and rows are asked often. */
function byLine(index: number, rows: readonly Row[], meanings: ReadonlyMap<string, number>): Float64Array {
  const said = new Float64Array((rows.at(-1)?.line ?? 0) + 1).fill(Number.NaN);
  for (const { line, cells } of rows) said[line] = meanings.get(cells[index] ?? '') ?? Number.NaN;
  return said;
}

const nothing = new Float64Array(0);

function total(counts: Iterable<number>): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

/** Numbers that only name things: nobody wants their sum. */
function isIdentifier(name: string, distinct: readonly string[], count: number): boolean {
  if (distinct.length < count * 0.9 || !distinct.every((cell) => /^\d+$/.test(cell))) return false;
  return (
    /(?:^|[ _-])(?:id|no|nr|number|code|key|zip|phone)$/i.test(name) ||
    distinct.some(({ length }) => length > 15)
  );
}

function textKind(distinct: readonly string[], count: number): ColumnKind {
  const single = () => distinct.every((cell) => !/\s/.test(cell));
  if (distinct.length === count && count > 2 && single()) return 'identifier';
  if (distinct.length <= categories && distinct.length <= Math.max(2, count / 2)) return 'category';
  return distinct.length >= count * 0.95 && single() ? 'identifier' : 'text';
}

/** The number or the time in a column of a row. */
export function valueIn({ said }: Column, { line }: Row): number | undefined {
  const value = said[line];
  return value === undefined || Number.isNaN(value) ? undefined : value;
}
