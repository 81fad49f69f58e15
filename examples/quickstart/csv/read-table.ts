import Papa from 'papaparse';
import { cells as cellCount } from '../report/words.ts';
import { parseDate } from './dates.ts';
import { parseNumber } from './numbers.ts';
import type { DirtyRow, Row, Table } from './table.ts';

interface RawRow extends Row {
  /** What the parser stumbled over. */
  readonly fault?: string;
}

/** Reads CSV text: finds the delimiter and the header, and sorts out rows that do not fit it. */
export function readTable(text: string): Table {
  const { rows, delimiter } = parse(text);
  const [first, ...others] = rows;
  if (!first) return { columns: [], rows: [], broken: [], delimiter, headed: false };
  const headed = isHeader(first.cells);
  const columns = headed ? columnNames(first.cells) : first.cells.map((_, index) => numbered(index));
  const body = headed ? others : rows;
  const broken: DirtyRow[] = [];
  const whole = body.filter((row) => {
    const reason = faultOf(row, columns.length);
    if (reason !== undefined) broken.push({ line: row.line, reason });
    return reason === undefined;
  });
  return { columns, rows: whole, broken, delimiter, headed };
}

function parse(text: string): { rows: readonly RawRow[]; delimiter: string } {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  // Empty lines hide the delimiter from the parser, and without them it cannot tell where a row stands.
  const { delimiter } = Papa.parse(content, { preview: 1, skipEmptyLines: true }).meta;
  const { data, errors } = Papa.parse<string[]>(content, { delimiter });
  const faults = new Map<number | undefined, string>();
  for (const { type, row, message } of errors) {
    if (type === 'Quotes' && !faults.has(row)) faults.set(row, message);
  }
  const rows: RawRow[] = [];
  let line = 1;
  for (const [index, read] of data.entries()) {
    const cells = read.some(isPadded) ? read.map((cell) => cell.trim()) : read;
    const fault = faults.get(index);
    if (cells.some((cell) => cell !== ''))
      rows.push(fault === undefined ? { line, cells } : { line, cells, fault });
    line += 1 + lineBreaks(read);
  }
  return { rows, delimiter };
}

const isPadded = (cell: string) => cell.trim() !== cell;

/** Quoted cells may span lines. */
function lineBreaks(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) if (cell.includes('\n')) count += cell.split('\n').length - 1;
  return count;
}

/** Names are words: a first row that holds values is no header. */
function isHeader(cells: readonly string[]): boolean {
  const isValue = (cell: string) => parseNumber(cell) !== undefined || parseDate(cell) !== undefined;
  return !cells.some((cell) => cell !== '' && isValue(cell));
}

function columnNames(cells: readonly string[]): string[] {
  const used = new Map<string, number>();
  return cells.map((cell, index) => {
    const name = cell.replace(/\s+/g, ' ') || numbered(index);
    const times = (used.get(name) ?? 0) + 1;
    used.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

const numbered = (index: number) => `column ${index + 1}`;

function faultOf({ cells, fault }: RawRow, columns: number): string | undefined {
  if (fault !== undefined) return `its quotes are broken: ${fault}`;
  return cells.length === columns ? undefined : `it has ${cellCount(cells.length)} instead of ${columns}`;
}
