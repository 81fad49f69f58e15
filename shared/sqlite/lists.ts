import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { scannedRows } from '../domain/paging.ts';

export type Row = Record<string, SQLOutputValue>;

/** One column of rows, of which no more are read than are asked for. */
export function* textsOf(rows: Iterable<Row>, column: string): Generator<string> {
  for (const row of rows) yield row[column] as string;
}

interface ListOptions {
  readonly table: string;
  /** Columns that order the list, newest last; each index ends with them. */
  readonly order: readonly string[];
  /** The index of a whole tenant's rows; without one, the primary key. */
  readonly index?: string;
  /** Columns that have an index of their own, `<table>_by_<column>`. */
  readonly indexed: readonly string[];
}

export interface ListRequest {
  readonly tenant: string;
  /** The indexed column to walk along, and its value; without it, the whole tenant. */
  readonly along?: { readonly column: string; readonly value: string };
  /** Sort key of the last row of the page before. */
  readonly after?: readonly string[];
}

/** Sorts after every id and every time. */
const end = '\u{10ffff}';

/** Rows of one table, newest first, along one index at a time. */
export class List {
  readonly #statements: ReadonlyMap<string, StatementSync>;
  readonly #order: readonly string[];

  constructor(database: DatabaseSync, { table, order, index, indexed }: ListOptions) {
    this.#order = order;
    const key = order.join(', ');
    const marks = order.map(() => '?').join(', ');
    const newestFirst = order.map((column) => `${column} DESC`).join(', ');
    // Named, because the planner may prefer to walk the primary key and skip what doesn't match: all ended runs.
    const select = (indexName: string | undefined, condition: string) =>
      database.prepare(`
        SELECT * FROM ${table} ${indexName === undefined ? '' : `INDEXED BY ${indexName}`}
        WHERE tenant = ? ${condition} AND (${key}) < (${marks})
        ORDER BY ${newestFirst} LIMIT ${scannedRows + 1}`);
    this.#statements = new Map([
      ['', select(index, '')],
      ...indexed.map((column) => [column, select(`${table}_by_${column}`, `AND ${column} = ?`)] as const),
    ]);
  }

  /** Unfinished walks hold back the write-ahead log: use it up or leave by `break` or `return`. */
  walk({ tenant, along, after }: ListRequest): Iterable<Row> {
    const statement = this.#statements.get(along?.column ?? '');
    if (!statement) throw new Error(`There is no index by ${along?.column}.`);
    const values: SQLInputValue[] = [tenant];
    if (along) values.push(along.value);
    values.push(...(after ?? this.#order.map(() => end)));
    return statement.iterate(...values);
  }
}
