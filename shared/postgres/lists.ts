import { limits } from '../domain/limits.ts';
import { type PageReading, pageOf, scannedRows } from '../domain/paging.ts';
import type { Page } from '../ports/projections.ts';
import { type Row, type Statement, statement, type Value } from './statement.ts';
import type { PostgresStore } from './store.ts';

interface ListOptions {
  readonly table: string;
  /** Columns that order the list, newest last; each index ends with them. */
  readonly order: readonly string[];
}

export interface ListRequest {
  readonly tenant: string;
  /** What columns are to hold. */
  readonly wanted: Readonly<Record<string, string | undefined>>;
  /** The column to walk along, one of those wanted; without it, the whole tenant. */
  readonly along?: string | undefined;
  /** Sort key of the last row of the page before. */
  readonly after?: readonly string[];
  /** The least first part of a sort key. */
  readonly down?: string;
  readonly limit?: number;
}

/** Sorts after every id and every time. */
const end = '\u{10ffff}';

/**
 * Rows of one table, newest first. Of a filter, one column is what an index is walked along; rows that fail the rest are
 * passed by without being fetched, and no more are than fit into a page.
 */
export class List {
  readonly #options: ListOptions;
  readonly #statements = new Map<string, Statement>();

  constructor(options: ListOptions) {
    this.#options = options;
  }

  async page<T>({ query }: PostgresStore, request: ListRequest): Promise<Page<T>> {
    const { order } = this.#options;
    const { tenant, along, after = order.map(() => end), down = '', limit } = request;
    const filter = Object.entries(request.wanted).filter(([, value]) => value !== undefined);
    const rest = filter.filter(([column]) => column !== along);
    const rows = wantedRows(limit);
    const values: Value[] = [tenant, down, ...after, rows, rest.length === 0 ? rows + 1 : scannedRows + 1];
    if (along !== undefined) values.push(request.wanted[along] as string);
    const statement = this.#statement(
      along,
      rest.map(([column]) => column),
    );
    const found = await query(statement, [...values, ...rest.map(([, value]) => value as string)]);
    const reading: PageReading<Row, T> = {
      ...(limit === undefined ? {} : { limit }),
      key: (row) => order.map((column) => row[column] as string),
      matches: (row) => row['matches'] === true,
      size: (row) => Buffer.byteLength(row['row'] as string),
      read: (row) => JSON.parse(row['row'] as string),
    };
    return pageOf(found, reading);
  }

  #statement(along: string | undefined, rest: readonly string[]): Statement {
    const name = `${this.#options.table}.along-${along ?? 'tenant'}.with-${rest.join('-')}`;
    const known = this.#statements.get(name) ?? statement(name, this.#text(along, rest));
    this.#statements.set(name, known);
    return known;
  }

  #text(along: string | undefined, rest: readonly string[]): string {
    const { table, order } = this.#options;
    const mark = (index: number) => `$${index}`;
    const [limit, scanned] = [mark(order.length + 3), mark(order.length + 4)];
    const condition = along === undefined ? '' : `AND ${along} = ${mark(order.length + 5)}`;
    const first = order.length + 5 + (along === undefined ? 0 : 1);
    const matches = rest.map((column, index) => `${column} IS NOT DISTINCT FROM ${mark(first + index)}`);
    const newestFirst = order.map((column) => `${column} DESC`).join(', ');
    return `
      SELECT ${order.join(', ')}, matches,
        CASE WHEN matches AND found < ${limit} AND bytes <= ${limits.pageBytes} THEN row END AS row
      FROM (
        SELECT *, count(*) FILTER (WHERE matches) OVER before AS found,
          coalesce(sum(octet_length(row)) FILTER (WHERE matches) OVER before, 0) AS bytes
        FROM (
          SELECT ${order.join(', ')}, row, ${matches.join(' AND ') || 'true'} AS matches FROM ${table}
          WHERE tenant = $1 ${condition} AND ${order[0]} >= $2
            AND (${order.join(', ')}) < (${order.map((_, index) => mark(index + 3)).join(', ')})
          ORDER BY ${newestFirst} LIMIT ${scanned}
        ) AS scanned
        WINDOW before AS (ORDER BY ${newestFirst} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
      ) AS counted
      ORDER BY ${newestFirst}`;
  }
}

const wantedRows = (limit: number | undefined): number =>
  Math.min(Math.max(limit ?? limits.pageRows, 1), limits.pageRowsMax);
