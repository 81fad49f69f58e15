/** A line of a CSV file: as many cells as there are columns. */
export interface Row {
  /** Number of its first line in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A row that cannot be used, and why. */
export interface DirtyRow {
  readonly line: number;
  readonly reason: string;
}

/** What a CSV file holds. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Rows whose number of cells is wrong or whose quotes are broken. */
  readonly broken: readonly DirtyRow[];
  readonly delimiter: string;
  /** Whether the first line named the columns; if not, they are numbered. */
  readonly headed: boolean;
}
