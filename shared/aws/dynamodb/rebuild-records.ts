import type { RecordChange } from '../../domain/audit/records.ts';
import type { Change } from './batches.ts';
import type { Item, ItemKey } from './items.ts';
import { parted, place } from './keys.ts';
import {
  apiKeyKey,
  asItem,
  recordAttributes,
  recordKeys,
  versionAttributes,
  versionKey,
} from './record-writes.ts';
import type { DynamoStore } from './store.ts';

/** Kinds of partitions that hold records other than versions. */
const partitionKinds: ReadonlySet<string> = new Set(
  [...recordKeys({ kind: 'tenant', tenant: '', id: '' }), apiKeyKey('')].map(({ pk }) => parted(pk)[0] ?? ''),
);

/**
 * Puts the records that the changes say in the place of all there are; versions of which none speaks stay. As with the
 * projections, nothing is touched before the last change has come, and what is cut off is done again.
 */
export async function replaceRecords(
  store: DynamoStore,
  changes: AsyncIterable<RecordChange>,
): Promise<void> {
  const items = await gathered(changes);
  await store.writeAll(
    store.log,
    [...items.values()].map((put) => ({ put })),
  );
  const stale: Change[] = [];
  for await (const key of store.keys(store.log))
    if (partitionKinds.has(parted(key.pk)[0] ?? '') && !items.has(nameOf(key))) stale.push({ remove: key });
  await store.writeAll(store.log, stale);
}

/** The items of the records, by their keys. */
async function gathered(changes: AsyncIterable<RecordChange>): Promise<ReadonlyMap<string, Item>> {
  const items = new Map<string, Item>();
  let index = 0;
  for await (const change of changes) {
    index += 1;
    for (const [key, attributes] of itemsOf(change, index)) {
      if (attributes) items.set(nameOf(key), { ...asItem(key), ...attributes });
      else items.delete(nameOf(key));
    }
  }
  return items;
}

/** What stands under which key after a change: nothing, where it removes a record. */
function itemsOf(change: RecordChange, index: number): readonly [Required<ItemKey>, Item | undefined][] {
  if (change.kind !== 'version')
    return recordKeys(change).map((key) => [key, change.row ? recordAttributes(change.row) : undefined]);
  const { tenant, row } = change;
  if (!row) return [];
  return [[versionKey(tenant, row.agent, row.number), versionAttributes(row, `1 ${place(index)}`)]];
}

const nameOf = ({ pk, sk }: Required<ItemKey>): string => JSON.stringify([pk, sk]);
