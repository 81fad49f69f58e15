import { type Item, type ItemKey, textOf } from './items.ts';
import { partitions } from './keys.ts';
import { approvalLists, deliveriesOfRun } from './row-writes.ts';
import type { DynamoStore } from './store.ts';
import { indexes } from './table.ts';

/** Keys of what a run has outside its own partition. Its run has ended long before it is asked for: the index is up to date. */
export async function approvalsOf(store: DynamoStore, tenant: string, run: string) {
  return keysIn(store, approvalLists.run(tenant, run));
}

export async function deliveriesOf(store: DynamoStore, tenant: string, run: string) {
  return keysIn(store, deliveriesOfRun(tenant, run));
}

/** Keys of a stretch of the run's own partition, newest first. */
export async function* ownKeys(
  store: DynamoStore,
  tenant: string,
  run: string,
): AsyncGenerator<readonly Required<ItemKey>[]> {
  const query = { table: store.log, partition: partitions.run(tenant, run), newestFirst: true };
  for await (const page of store.pages(query)) yield page.map(keyOfItem);
}

async function keysIn(store: DynamoStore, partition: string): Promise<readonly Required<ItemKey>[]> {
  const query = { table: store.log, index: indexes.owner, partition };
  return (await Array.fromAsync(store.items(query))).map(keyOfItem);
}

export const keyOfItem = (item: Item): Required<ItemKey> => ({
  pk: textOf(item, 'pk'),
  sk: textOf(item, 'sk'),
});
