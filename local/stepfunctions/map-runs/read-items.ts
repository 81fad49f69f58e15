import type { Json } from '../../../shared/domain/json.ts';
import { parseItems } from './formats/parse-items.ts';
import { type ListedObject, ObjectFailure, type Objects } from './objects.ts';
import type { ReaderOrder } from './order.ts';
import { readerFailure } from './reader-failure.ts';

/** Items that the service takes at most. */
const mostItems = 100_000_000;

/** The items that an item reader asks for, in order. Throws `StateFailure`. */
export async function* readItems(order: ReaderOrder, objects: Objects): AsyncGenerator<Json> {
  if (order.maxItems < 0) throw readerFailure('field MaxItems must be positive');
  const limit = order.maxItems === 0 ? mostItems : Math.min(order.maxItems, mostItems);
  let count = 0;
  try {
    for await (const item of allItems(order, objects, limit)) {
      yield item;
      count += 1;
      if (count === limit) return;
    }
  } catch (error) {
    throw error instanceof ObjectFailure ? readerFailure(error.message) : error;
  }
}

async function* allItems(order: ReaderOrder, objects: Objects, limit: number): AsyncGenerator<Json> {
  const { bucket, key = '', prefix } = order;
  if (order.action === 'getObject') {
    yield* parseItems(await objects.get(bucket, key), { ...order, key, limit }, objects);
    return;
  }
  for await (const object of objects.list(bucket, prefix)) {
    if (!order.load) yield listed(object);
    else
      yield* parseItems(await objects.get(bucket, object.key), { ...order, key: object.key, limit }, objects);
  }
}

function listed({ key, etag, size, lastModified, storageClass }: ListedObject): Json {
  return { Etag: etag, Key: key, LastModified: lastModified, Size: size, StorageClass: storageClass };
}
