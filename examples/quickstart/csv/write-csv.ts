import { type Column, valueIn } from './columns.ts';
import type { Row } from './table.ts';

/** Rows as plain CSV: comma, decimal point, quotes only where they are needed. */
export function writeCsv(columns: readonly Column[], rows: readonly Row[]): string {
  const header = columns.map(({ name }) => quoted(name)).join(',');
  const lines = rows.map((row) => columns.map((column) => cellOf(column, row)).join(','));
  return `${[header, ...lines].join('\n')}\n`;
}

function cellOf(column: Column, row: Row): string {
  const cell = row.cells[column.index] ?? '';
  if (column.kind !== 'number' || cell === '') return quoted(cell);
  return plain.test(cell) ? cell : String(valueIn(column, row) ?? cell);
}

/** Written as any program reads it, with no digit more than a number holds. */
const plain = /^-?\d{1,9}(?:\.\d{1,6})?$/;

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
