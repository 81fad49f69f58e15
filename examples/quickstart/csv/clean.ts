import { type Column, valueIn } from './columns.ts';
import type { DirtyRow, Row, Table } from './table.ts';

/** A table's rows, sorted into those that can be used and those that cannot: together, all that were read. */
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
  const mayRepeat = canRepeat(columns, rows.length);
  const kept = rows.filter((row) => {
    const reason = faultIn(row, columns) ?? (mayRepeat ? repetition(row, seen) : undefined);
    if (reason !== undefined) dirty.push({ line: row.line, reason });
    return reason === undefined;
  });
  return { rows: kept, dirty: dirty.sort((one, other) => one.line - other.line) };
}

/** Where a column never says the same twice, no row does. */
function canRepeat(columns: readonly Column[], rows: number): boolean {
  const distinguished = columns.some(({ kind }) => kind === 'identifier' || kind === 'date');
  return distinguished && columns.every(({ distinct }) => distinct < rows);
}

function faultIn(row: Row, columns: readonly Column[]): string | undefined {
  for (const column of columns) {
    const { name, index, kind, filled } = column;
    const cell = row.cells[index] ?? '';
    if (cell === '' && filled >= meantToBeFull) return `${name} is missing`;
    if (cell === '' || (kind !== 'number' && kind !== 'date')) continue;
    if (valueIn(column, row) !== undefined) continue;
    return `${name} is no ${kind}: “${cell.length > 30 ? `${cell.slice(0, 29)}…` : cell}”`;
  }
  return undefined;
}

function repetition({ line, cells }: Row, seen: Map<string, number>): string | undefined {
  // Nothing that is text holds this character.
  const key = cells.join('\u0000');
  const before = seen.get(key);
  if (before !== undefined) return `it repeats line ${before}`;
  seen.set(key, line);
  return undefined;
}
