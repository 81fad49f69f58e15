import type { Paint, Tone } from './paint.ts';
import { padEnd, padStart, widthOf } from './width.ts';

export interface Column<Row> {
  readonly title: string;
  readonly right?: true;
  readonly tone?: (row: Row) => Tone;
  text(row: Row): string;
}

/** Rows under titles, each column as wide as it needs to be. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], paint: Paint): string[] {
  const cells = rows.map((row) => columns.map((column) => column.text(row)));
  const widths = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...cells.map((line) => widthOf(line[index] ?? ''))),
  );
  const align = (text: string, index: number) =>
    columns[index]?.right ? padStart(text, widths[index] ?? 0) : padEnd(text, widths[index] ?? 0);
  const titles = columns.map(({ title }, index) => align(title, index));
  const lines = rows.map((row, number) =>
    columns.map(({ tone }, index) =>
      paint(tone?.(row) ?? 'plain', align(cells[number]?.[index] ?? '', index)),
    ),
  );
  return [paint('quiet', titles.join('  ').trimEnd()), ...lines.map((line) => line.join('  ').trimEnd())];
}
