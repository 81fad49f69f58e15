import type { Output } from './output.ts';
import type { Tone } from './paint.ts';
import { cut, padEnd, padStart, widthOf } from './width.ts';

export interface Column<Row> {
  readonly title: string;
  readonly right?: true;
  /** Is cut where the screen is too narrow. */
  readonly gives?: true;
  /** Is left out where that is not enough, the last one first. */
  readonly optional?: true;
  readonly tone?: (row: Row) => Tone;
  text(row: Row): string;
}

/** Where a table is shown; elsewhere than at a terminal it is as wide as it needs to be. */
export type TableScreen = Pick<Output, 'paint' | 'columns' | 'terminal'>;

const gap = '  ';

/** A column that gives keeps this much while others can be left out, and less when none can. */
const easyWidth = 24;
const leastWidth = 12;

interface Sized<Row> {
  readonly column: Column<Row>;
  readonly width: number;
}

/** Rows under titles, each column as wide as it needs to be and the screen has room for. */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { paint, columns: screen, terminal }: TableScreen,
): string[] {
  const sized = columns.map((column) => ({
    column,
    width: Math.max(widthOf(column.title), ...rows.map((row) => widthOf(column.text(row)))),
  }));
  const fitting = fitTo(sized, terminal ? screen : Number.POSITIVE_INFINITY);
  const titles = fitting.map((one) => aligned(one.column.title, one));
  const lines = rows.map((row) =>
    fitting.map((one) => paint(one.column.tone?.(row) ?? 'plain', aligned(one.column.text(row), one))),
  );
  return [paint('quiet', titles.join(gap).trimEnd()), ...lines.map((line) => line.join(gap).trimEnd())];
}

function aligned<Row>(text: string, { column, width }: Sized<Row>): string {
  return column.right ? padStart(text, width) : padEnd(cut(text, width), width);
}

function fitTo<Row>(columns: readonly Sized<Row>[], room: number): readonly Sized<Row>[] {
  const excess = totalOf(columns) - room;
  if (excess <= 0) return columns;
  const last = columns.findLastIndex(({ column }) => column.optional);
  if (last === -1) return shrink(columns, excess, leastWidth);
  const shrunk = shrink(columns, excess, easyWidth);
  return totalOf(shrunk) <= room ? shrunk : fitTo(columns.toSpliced(last, 1), room);
}

/** Takes from one column after the other until enough is taken, or none has more than the least. */
function shrink<Row>(columns: readonly Sized<Row>[], excess: number, least: number): readonly Sized<Row>[] {
  let left = excess;
  return columns.map(({ column, width }) => {
    const given = column.gives ? Math.min(left, Math.max(0, width - least)) : 0;
    left -= given;
    return { column, width: width - given };
  });
}

const totalOf = <Row>(columns: readonly Sized<Row>[]) =>
  columns.reduce((sum, { width }) => sum + width, (columns.length - 1) * gap.length);
