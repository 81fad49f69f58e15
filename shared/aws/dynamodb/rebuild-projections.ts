import type { ProjectionChange } from '../../domain/projections.ts';
import type { Change } from './batches.ts';
import { type Item, textOf } from './items.ts';
import { parted, partitions, places } from './keys.ts';
import { asItem } from './record-writes.ts';
import { itemOf } from './row-writes.ts';
import { type RunChange, runItem } from './run-item.ts';
import type { DynamoStore } from './store.ts';

/**
 * Puts the rows that the changes say in the place of all there are. Nothing is touched before the last change has come.
 * Then every row is put, and what is none of them removed: cut off in between, it is done again. Holds the rows in memory,
 * and reads the keys of the whole table: for whoever rebuilds, while nobody appends.
 */
export async function replaceProjections(
  store: DynamoStore,
  changes: AsyncIterable<ProjectionChange>,
): Promise<void> {
  const { items, runs } = await gathered(changes);
  for (const [name, { tenant, run, change }] of runs) {
    const key = { pk: partitions.run(tenant, run), sk: places.run };
    items.set(name, { ...asItem(key), ...runItem(tenant, run, change) });
  }
  await store.writeAll(
    store.log,
    [...items.values()].map((put) => ({ put })),
  );
  const stale: Change[] = [];
  for await (const key of store.keys(store.log))
    if (isProjection(key) && !items.has(nameOf(key))) stale.push({ remove: key });
  await store.writeAll(store.log, stale);
}

interface Gathered {
  /** Rows that are items, by their keys. */
  readonly items: Map<string, Item>;
  /** What is said of each run, by the key of its item. */
  readonly runs: Map<string, { tenant: string; run: string; change: RunChange }>;
}

async function gathered(changes: AsyncIterable<ProjectionChange>): Promise<Gathered> {
  const items = new Map<string, Item>();
  const runs: Gathered['runs'] = new Map();
  let index = 0;
  for await (const change of changes) {
    index += 1;
    const item = itemOf(change, [0, index]);
    if (item) {
      items.set(nameOf({ pk: textOf(item, 'pk'), sk: textOf(item, 'sk') }), item);
      continue;
    }
    const { tenant, run } = change.row;
    const name = nameOf({ pk: partitions.run(tenant, run), sk: places.run });
    const kind = change.kind === 'run' ? 'row' : change.kind;
    runs.set(name, { tenant, run, change: { ...runs.get(name)?.change, [kind]: change.row } });
  }
  return { items, runs };
}

function isProjection({ pk, sk }: { readonly pk: string; readonly sk: string }): boolean {
  const [kind] = parted(pk);
  if (kind === 'approval') return true;
  return kind === 'run' && (sk === places.run || sk.startsWith(places.artifact('')));
}

const nameOf = ({ pk, sk }: { readonly pk: string; readonly sk: string }): string => JSON.stringify([pk, sk]);
