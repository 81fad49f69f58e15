import { type Column, numberIn, timeIn } from './columns.ts';
import type { DirtyRow, Row, Table } from './table.ts';

/** A table's rows, sorted into those that can be used and those that cannot. */
export interface CleanRows {
  readonly rows: readonly Row[];
  /** By line. */
  readonly dirty: readonly DirtyRow[];
}

/** A column that is filled this far is meant to be filled: a gap is a fault. */
const meantToBeFull = 0.95;

/**
 * Sets aside rows with a missing or unreadable value, and repetitions of an earlier row; where nothing tells rows
 * apart, an identifier or a date, equal ones are nothing unusual.
 */
export function cleanRows({ rows, broken }: Table, columns: readonly Column[]): CleanRows {
  const seen = new Map<string, number>();
  const dirty: DirtyRow[] = [...broken];
  const distinguished = columns.some(({ kind }) => kind === 'identifier' || kind === 'date');
  const kept = rows.filter((row) => {
    const reason = faultIn(row, columns) ?? (distinguished ? repetition(row, seen) : undefined);
    if (reason !== undefined) dirty.push({ line: row.line, reason });
    return reason === undefined;
  });
  return { rows: kept, dirty: dirty.sort((one, other) => one.line - other.line) };
}

function faultIn(row: Row, columns: readonly Column[]): string | undefined {
  for (const column of columns) {
    const cell = row.cells[column.index] ?? '';
    if (cell === '' && column.filled >= meantToBeFull) return `${column.name} is missing`;
    if (cell === '') continue;
    const shown = cell.length > 30 ? `${cell.slice(0, 29)}…` : cell;
    if (column.kind === 'number' && numberIn(column, row) === undefined) {
      return `${column.name} is no number: “${shown}”`;
    }
    if (column.kind === 'date' && timeIn(column, row) === undefined)
      return `${column.name} is no date: “${shown}”`;
  }
  return undefined;
}

function repetition({ line, cells }: Row, seen: Map<string, number>): string | undefined {
  const key = JSON.stringify(cells);
  const before = seen.get(key);
  if (before !== undefined) return `it repeats line ${before}`;
  seen.set(key, line);
  return undefined;
}
