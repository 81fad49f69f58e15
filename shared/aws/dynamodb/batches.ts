import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  BatchWriteItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { type Item, type ItemKey, keyOf, sizeOf } from './items.ts';
import { type Pacing, patiently } from './retries.ts';
import type { Client } from './store.ts';

/** An item put in the place of what is there, or a key that nothing is to be left under. */
export type Change = { readonly put: Item } | { readonly remove: ItemKey };

/** What one request may hold: items, and bytes with some to spare. */
const most = { gets: 100, writes: 25, bytes: 12_000_000 } as const;

/** What a request leaves undone is asked for again after a pause. */
class Unfinished extends Error {
  override readonly name = 'Unfinished';
}

export async function batchGet(
  client: Client,
  pacing: Pacing,
  { table, keys }: { readonly table: string; readonly keys: readonly Required<ItemKey>[] },
): Promise<readonly Item[]> {
  const found = new Map<string, Item>();
  const distinct = [...new Map(keys.map((key) => [nameOf(key.pk, key.sk), key])).values()];
  for (let start = 0; start < distinct.length; start += most.gets) {
    let rest: Item[] = distinct.slice(start, start + most.gets).map(keyOf);
    await patiently(pacing, async () => {
      const answer: BatchGetItemCommandOutput = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: rest, ConsistentRead: true } } }),
      );
      const items: readonly Item[] = answer.Responses?.[table] ?? [];
      for (const item of items) found.set(nameOf(item['pk']?.S, item['sk']?.S), item);
      rest = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      if (rest.length > 0) throw new Unfinished();
    });
  }
  return keys.map((key) => found.get(nameOf(key.pk, key.sk))).filter((item) => item !== undefined);
}

export async function batchWrite(
  client: Client,
  pacing: Pacing,
  { table, changes }: { readonly table: string; readonly changes: readonly Change[] },
): Promise<void> {
  for (const group of inGroups(changes)) {
    let rest: WriteRequest[] = group.map((change) =>
      'put' in change
        ? { PutRequest: { Item: change.put } }
        : { DeleteRequest: { Key: keyOf(change.remove) } },
    );
    await patiently(pacing, async () => {
      const { UnprocessedItems = {} } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [table]: rest } }),
      );
      rest = UnprocessedItems[table] ?? [];
      if (rest.length > 0) throw new Unfinished();
    });
  }
}

const nameOf = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts);

function* inGroups(changes: readonly Change[]): Generator<readonly Change[]> {
  let group: Change[] = [];
  let size = 0;
  for (const change of changes) {
    const own = 'put' in change ? sizeOf(change.put) : 0;
    if (group.length === most.writes || (group.length > 0 && size + own > most.bytes)) {
      yield group;
      group = [];
      size = 0;
    }
    group.push(change);
    size += own;
  }
  if (group.length > 0) yield group;
}
