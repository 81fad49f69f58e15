import { type DayOrder, dayOrderOf, parseDate } from './dates.ts';
import { type DecimalMark, decimalMarkOf, parseNumber } from './numbers.ts';
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
  readonly mark: DecimalMark;
  readonly order: DayOrder;
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
  const cells = rows.map((row) => row.cells[index] ?? '').filter((cell) => cell !== '');
  const distinct = new Set(cells).size;
  const mark = decimalMarkOf(cells);
  const order = dayOrderOf(cells);
  const share = (fits: (cell: string) => boolean) => cells.filter(fits).length / cells.length;
  const facts = {
    name,
    index,
    filled: rows.length === 0 ? 0 : cells.length / rows.length,
    distinct,
    mark,
    order,
  };
  if (cells.length === 0) return { ...facts, kind: 'empty' };
  if (share((cell) => parseDate(cell, order) !== undefined) >= fitting) return { ...facts, kind: 'date' };
  if (share((cell) => parseNumber(cell, mark) !== undefined) >= fitting) {
    return { ...facts, kind: isIdentifier(name, cells, distinct) ? 'identifier' : 'number' };
  }
  return { ...facts, kind: textKind(cells, distinct) };
}

/** Numbers that only name things: nobody wants their sum. */
function isIdentifier(name: string, cells: readonly string[], distinct: number): boolean {
  const whole = cells.every((cell) => /^\d+$/.test(cell));
  if (!whole || distinct < cells.length * 0.9) return false;
  return (
    /(?:^|[ _-])(?:id|no|nr|number|code|key|zip|phone)$/i.test(name) ||
    cells.some(({ length }) => length > 15)
  );
}

function textKind(cells: readonly string[], distinct: number): ColumnKind {
  if (distinct === cells.length && cells.length > 2 && cells.every((cell) => !/\s/.test(cell)))
    return 'identifier';
  if (distinct <= categories && distinct <= Math.max(2, cells.length / 2)) return 'category';
  return distinct >= cells.length * 0.95 && cells.every((cell) => !/\s/.test(cell)) ? 'identifier' : 'text';
}

/** The number in a column of a row. */
export function numberIn({ index, mark }: Column, { cells }: Row): number | undefined {
  return parseNumber(cells[index] ?? '', mark);
}

/** The time in a column of a row, in milliseconds since the epoch. */
export function timeIn({ index, order }: Column, { cells }: Row): number | undefined {
  return parseDate(cells[index] ?? '', order);
}
