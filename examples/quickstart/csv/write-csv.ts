import Papa from 'papaparse';
import { type Column, numberIn } from './columns.ts';
import type { Row } from './table.ts';

/** Rows as plain CSV: comma, decimal point, quotes only where they are needed. */
export function writeCsv(columns: readonly Column[], rows: readonly Row[]): string {
  const fields = columns.map(({ name }) => name);
  const data = rows.map((row) => columns.map((column) => cellOf(column, row)));
  return `${Papa.unparse({ fields, data }, { newline: '\n' })}\n`;
}

function cellOf(column: Column, row: Row): string {
  const cell = row.cells[column.index] ?? '';
  return column.kind === 'number' && cell !== '' ? String(numberIn(column, row) ?? cell) : cell;
}
