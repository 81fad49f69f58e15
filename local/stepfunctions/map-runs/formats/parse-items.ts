import type { Json } from '../../../../shared/domain/json.ts';
import type { Objects } from '../objects.ts';
import type { ItemFormat, ReaderOrder } from '../order.ts';
import { readerFailure } from '../reader-failure.ts';
import { csvItems } from './csv.ts';
import { inventoryItems } from './inventory.ts';
import { jsonItems, jsonLineItems } from './json.ts';

export interface Parsing extends ReaderOrder {
  readonly key: string;
  /** Items that are wanted at most. */
  readonly limit: number;
}

/** The items in an object. Throws `StateFailure`. */
export async function* parseItems(body: Buffer, parsing: Parsing, objects: Objects): AsyncGenerator<Json> {
  switch (parsing.format ?? formatOf(parsing.key)) {
    case 'CSV':
      return yield* await csvItems(textOf(body), parsing.csv, parsing.limit);
    case 'JSON':
      return yield* jsonItems(textOf(body), parsing.pointer);
    case 'JSONL':
      return yield* jsonLineItems(textOf(body));
    case 'MANIFEST':
      return yield* inventoryItems(textOf(body), parsing.bucket, objects);
    case 'PARQUET':
      throw readerFailure('Items in Parquet cannot be read here; CSV, JSON and JSONL can.');
  }
}

/** Where nothing is said of it, the name tells. */
function formatOf(key: string): ItemFormat {
  if (/\.csv$/i.test(key)) return 'CSV';
  return /\.jsonl$/i.test(key) ? 'JSONL' : 'JSON';
}

/** Without the mark that some programs write in front. */
function textOf(body: Buffer): string {
  return body.toString('utf8').replace(/^\uFEFF/, '');
}
