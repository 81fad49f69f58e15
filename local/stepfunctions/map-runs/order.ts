import type { Json } from '../../../shared/domain/json.ts';
import type { MapItem } from '../executions/context-object.ts';
import type { MapRunLimits, MapRunPlan } from '../journal/map-runs.ts';

/** What a distributed Map state asks for, evaluated. */
export interface MapRunOrder {
  readonly source: ItemSource;
  readonly batching: Batching | undefined;
  readonly limits: MapRunLimits;
  readonly plan: MapRunPlan;
  /** What a child execution is given of an item. Throws `StateFailure`, and `Deferred` for what is not settled. */
  select(item: MapItem, settled: ReadonlyMap<string, unknown>): Json;
}

export type ItemSource =
  | { readonly kind: 'list'; readonly items: readonly Json[]; readonly keys: readonly string[] | undefined }
  | ReaderOrder;

/** Where items are read from, and how. */
export interface ReaderOrder {
  readonly kind: 'reader';
  readonly action: 'getObject' | 'listObjectsV2';
  readonly bucket: string;
  readonly key: string | undefined;
  readonly prefix: string | undefined;
  readonly format: ItemFormat | undefined;
  readonly csv: CsvFormat;
  /** JSON pointer to the list within a JSON document. */
  readonly pointer: string | undefined;
  /** Whether the objects of a list are read themselves, and the items of all of them taken. */
  readonly load: boolean;
  /** Items that are taken at most; 0 for all. */
  readonly maxItems: number;
}

export const itemFormats = ['JSON', 'JSONL', 'CSV', 'MANIFEST', 'PARQUET'] as const;
export type ItemFormat = (typeof itemFormats)[number];

export interface CsvFormat {
  /** Names of the columns; absent where the first row tells them. */
  readonly headers: readonly string[] | undefined;
  readonly delimiter: string;
}

/** How many items a child execution is given at once. */
export interface Batching {
  /** `undefined` for as many as fit. */
  readonly maxItems: number | undefined;
  readonly maxBytes: number;
  /** What every batch is given besides its items. */
  readonly input: Json | undefined;
}
