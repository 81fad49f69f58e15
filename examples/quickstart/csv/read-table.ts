import Papa from 'papaparse';
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
  const broken = body.flatMap((row) => faultOf(row, columns.length));
  const bad = new Set(broken.map(({ line }) => line));
  return { columns, rows: body.filter(({ line }) => !bad.has(line)), broken, delimiter, headed };
}

function parse(text: string): { rows: readonly RawRow[]; delimiter: string } {
  const rows: RawRow[] = [];
  let delimiter = ',';
  let line = 1;
  let end = 0;
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  Papa.parse<string[]>(content, {
    skipEmptyLines: true,
    step({ data, errors, meta }) {
      const read = content.slice(end, meta.cursor);
      const empty = emptyLines.exec(read)?.[0] ?? '';
      line += lineBreaks(empty);
      const fault = errors.find(({ type }) => type === 'Quotes')?.message;
      const cells = data.map((cell) => cell.trim());
      if (cells.some((cell) => cell !== '')) rows.push({ line, cells, ...(fault ? { fault } : {}) });
      line += lineBreaks(read) - lineBreaks(empty);
      end = meta.cursor;
      delimiter = meta.delimiter;
    },
  });
  return { rows, delimiter };
}

/** Quoted cells may span lines, and the parser passes empty lines in silence. */
const lineBreaks = (text: string): number => text.split('\n').length - 1;

const emptyLines = /^[\r\n]*/;

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

function faultOf({ line, cells, fault }: RawRow, columns: number): DirtyRow[] {
  if (fault !== undefined) return [{ line, reason: `its quotes are broken: ${fault}` }];
  if (cells.length === columns) return [];
  return [{ line, reason: `it has ${cells.length} cells instead of ${columns}` }];
}
