import { TandemError } from '../errors/tandem-error.ts';
import { firstRunId } from './derived-ids.ts';
import { limits } from './limits.ts';

/** How the rows of a list are read. `C` is a row as the store yields it, `T` as the list shows it. */
export interface PageReading<C, T> {
  readonly limit?: number;
  /** What the next page starts after: the sort key of a row. */
  readonly key: (candidate: C) => readonly string[];
  readonly matches: (candidate: C) => boolean;
  /** Bytes, roughly. */
  readonly size: (candidate: C) => number;
  readonly read: (candidate: C) => T;
}

/** Rows a page looks at before it ends short: a filter that hardly matches must not walk through a million rows. */
export const scannedRows = 1_000;

/** Fills one page from rows in list order, within bounds on rows, bytes and work (rule 18). */
export function pageOf<C, T>(
  candidates: Iterable<C>,
  { limit, key, matches, size, read }: PageReading<C, T>,
): { readonly items: readonly T[]; readonly cursor?: string } {
  const wanted = Math.min(Math.max(limit ?? limits.pageRows, 1), limits.pageRowsMax);
  const items: T[] = [];
  let bytes = 0;
  let scanned = 0;
  let last: C | undefined;
  for (const candidate of candidates) {
    const full = items.length === wanted || bytes > limits.pageBytes || scanned === scannedRows;
    if (full && last !== undefined) return { items, cursor: encodeCursor(key(last)) };
    last = candidate;
    scanned += 1;
    if (!matches(candidate)) continue;
    items.push(read(candidate));
    bytes += size(candidate);
  }
  return { items };
}

/** Where a list, newest first, begins and ends: below one key, down to and with another. */
export interface Stretch {
  /** The sort key that everything comes after in the list; absent: from its start. */
  readonly after?: readonly string[];
  /** The first part of the sort key that is not gone below. */
  readonly down?: string;
}

/** The stretch of a page: `to` and `from` are first parts of sort keys of `length` parts. */
export function stretchOf(
  { cursor, from, to }: { readonly cursor?: string; readonly from?: string; readonly to?: string },
  length: number,
): Stretch {
  const starts = [
    ...(cursor === undefined ? [] : [decodeCursor(cursor, length)]),
    ...(to === undefined ? [] : [[to, ...Array.from({ length: length - 1 }, () => '')]]),
  ];
  const [after] = starts.sort(compareKeys);
  return { ...(after === undefined ? {} : { after }), ...(from === undefined ? {} : { down: from }) };
}

/** As a stretch of run ids, for which moments stand. */
export function runStretch({ cursor, from, to }: { cursor?: string; from?: string; to?: string }) {
  return {
    ...(cursor === undefined ? {} : { cursor }),
    ...(from === undefined ? {} : { from: firstRunId(from) }),
    ...(to === undefined ? {} : { to: firstRunId(to) }),
  };
}

/** The rows of a list down to the end of a stretch. */
export function* rowsDownTo<C>(
  rows: Iterable<C>,
  key: (row: C) => readonly string[],
  down: string | undefined,
): Generator<C> {
  for (const row of rows) {
    if (down !== undefined && (key(row)[0] ?? '') < down) return;
    yield row;
  }
}

/** In the order of their parts. */
export function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? '';
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}

/** An opaque cursor of the sort key of a page's last row. */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The sort key in a cursor, of `length` parts; throws `request.invalid` for what is none of ours. */
export function decodeCursor(cursor: string, length: number): readonly string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const isKey =
      Array.isArray(key) && key.length === length && key.every((part) => typeof part === 'string');
    if (isKey) return key;
  } catch {
    // Not even JSON: refused below.
  }
  throw new TandemError('request.invalid', { message: 'The cursor is not one of this list.' });
}
