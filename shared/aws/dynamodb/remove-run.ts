import { approvalsOf, deliveriesOf, ownKeys } from './belongings.ts';
import { forgetKeys } from './idempotency.ts';
import { partitions, places } from './keys.ts';
import type { DynamoStore } from './store.ts';
import { tokenKey } from './wait-tokens.ts';
import { remove } from './writes.ts';

/**
 * Everything of a run: from its last event on, so that what is left in between is the beginning of a log, and the item
 * that lists it as ended goes last.
 */
export async function removeRun(store: DynamoStore, tenant: string, run: string): Promise<void> {
  const removeKeys = (keys: readonly { readonly pk: string; readonly sk: string }[]) =>
    store.writeAll(
      store.log,
      keys.map((key) => ({ remove: key })),
    );
  for await (const keys of ownKeys(store, tenant, run))
    await removeKeys(keys.filter(({ sk }) => sk !== places.run));
  await removeKeys(await approvalsOf(store, tenant, run));
  await removeKeys(await deliveriesOf(store, tenant, run));
  await forgetKeys(store, tenant, run);
  await store.write(remove(store.passing, tokenKey(tenant, run)));
  await store.write(remove(store.log, { pk: partitions.run(tenant, run), sk: places.run }));
}
