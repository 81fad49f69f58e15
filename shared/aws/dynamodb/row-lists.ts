import { compareKeys, pageOf, type Stretch } from '../../domain/paging.ts';
import type { Page } from '../../ports/projections.ts';
import { type Item, textOf } from './items.ts';
import { sorted } from './keys.ts';
import type { DynamoStore } from './store.ts';
import type { IndexSchema } from './table.ts';

/** A list of rows, newest first, through one index. */
export interface RowList<T> {
  readonly index: IndexSchema;
  readonly partition: string;
  readonly stretch: Stretch;
  readonly limit?: number;
  readonly key: (row: T) => readonly string[];
  readonly matches: (row: T) => boolean;
}

/** Rows looked up at a time, besides those that a page is to have: what one request reads. */
const lookedUp = { least: 25, most: 100 } as const;

/** Before and after every key. Nothing at all is no key. */
const [start, end] = [' ', '\u{10ffff}'];

interface Candidate<T> {
  readonly row: T;
  readonly size: number;
}

/**
 * A page of a list. The index names the rows, which are then read as they are now: one that has changed since the index
 * was written is left out rather than shown where it no longer belongs.
 */
export async function pageOfRows<T>(store: DynamoStore, list: RowList<T>): Promise<Page<T>> {
  const { index, partition, stretch, limit, key, matches } = list;
  const { after, down = start } = stretch;
  const upTo = after ? sorted(...after) : end;
  if (down > upTo) return { items: [] };
  const found: Candidate<T>[] = [];
  const page = () =>
    pageOf(found, {
      ...(limit === undefined ? {} : { limit }),
      key: ({ row }) => key(row),
      matches: ({ row }) => matches(row),
      size: ({ size }) => size,
      read: ({ row }) => row,
    });
  const query = { table: store.log, index, partition, between: [down, upTo] as const, newestFirst: true };
  const atATime = Math.min(Math.max((limit ?? 50) + 1, lookedUp.least), lookedUp.most);
  for await (const named of store.pages({ ...query, atATime })) {
    for (const item of await rowsOf(store, named)) {
      const row: T = JSON.parse(textOf(item, 'row'));
      if (after && compareKeys(key(row), after) >= 0) continue;
      found.push({ row, size: Buffer.byteLength(textOf(item, 'row')) });
    }
    const filled = page();
    if (filled.cursor !== undefined) return filled;
  }
  return page();
}

async function rowsOf(store: DynamoStore, named: readonly Item[]): Promise<readonly Item[]> {
  const keys = named.map((item) => ({ pk: textOf(item, 'pk'), sk: textOf(item, 'sk') }));
  const items = await store.getAll(store.log, keys);
  return items.filter(({ row }) => row !== undefined);
}
