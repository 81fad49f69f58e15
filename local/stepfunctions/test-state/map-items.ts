import type { Json } from '../../../shared/domain/json.ts';
import { StateFailure } from '../errors/state-failure.ts';
import type { MapItem } from '../executions/context-object.ts';
import { Batches } from '../map-runs/batches.ts';
import type { ListedObject, Objects } from '../map-runs/objects.ts';
import type { MapRunOrder } from '../map-runs/order.ts';
import { settling } from '../map-runs/prepare.ts';
import { readItems } from '../map-runs/read-items.ts';

/** What the child executions of a distributed Map would have been given, by the names of `inspectionData`. */
export type ItemsTold =
  | { readonly kind: 'told'; readonly data: ReadonlyMap<string, Json> }
  /** The items could not be had: that is a failure of the state. */
  | { readonly kind: 'failed'; readonly failure: StateFailure };

export interface ItemsAsked {
  /** What the item reader would find; without it, nothing is read. */
  readonly readerData: string | undefined;
  /** Whether the state has an item selector. */
  readonly selects: boolean;
}

export async function tellItems(order: MapRunOrder, asked: ItemsAsked): Promise<ItemsTold> {
  try {
    return { kind: 'told', data: await itemsTold(order, asked) };
  } catch (error) {
    if (error instanceof StateFailure) return { kind: 'failed', failure: error };
    throw error;
  }
}

async function itemsTold(order: MapRunOrder, asked: ItemsAsked): Promise<ReadonlyMap<string, Json>> {
  const told = new Map<string, Json>();
  const values = await itemsOf(order, asked.readerData);
  if (values === undefined) return told;
  const { source, batching } = order;
  if (source.kind === 'reader' && source.pointer !== undefined) told.set('afterItemsPointer', values);
  const keys = source.kind === 'list' ? source.keys : undefined;
  const selected: Json[] = [];
  for (const [index, value] of values.entries()) {
    const item: MapItem = { index, value, key: keys?.[index] };
    selected.push(await settling((settled) => order.select(item, settled)));
  }
  if (asked.selects) told.set('afterItemSelector', selected);
  if (batching !== undefined) told.set('afterItemBatcher', batched(selected, order));
  return told;
}

async function itemsOf(
  { source }: MapRunOrder,
  data: string | undefined,
): Promise<readonly Json[] | undefined> {
  if (source.kind === 'list') return source.items;
  if (data === undefined) return undefined;
  const values: Json[] = [];
  for await (const value of readItems(source, objectsOf(data))) values.push(value);
  return values;
}

function batched(items: readonly Json[], { batching }: MapRunOrder): readonly Json[] {
  const batches = new Batches(batching);
  const found = [...items.map((item) => batches.add(item)), batches.flush()];
  return found.flatMap((batch) => (batch === undefined ? [] : [JSON.parse(batch.text) as Json]));
}

/** A store in which the reader finds this text, whatever it asks for. */
function objectsOf(data: string): Objects {
  const body = Buffer.from(data);
  const object: ListedObject = {
    key: 'data',
    etag: '',
    size: body.length,
    lastModified: 0,
    storageClass: 'STANDARD',
  };
  return {
    get: () => Promise.resolve(body),
    async *list() {
      yield object;
    },
    put: () => Promise.reject(new Error('A test writes nothing.')),
  };
}
