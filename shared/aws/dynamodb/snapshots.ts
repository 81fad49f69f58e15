import { gunzip, gzip } from 'node:zlib';
import type { RunState } from '../../domain/state.ts';
import { bytes, type Item, number, numberOf, text, textOf } from './items.ts';
import { partitions, place, places } from './keys.ts';
import { WriteRefused } from './retries.ts';
import type { DynamoStore } from './store.ts';
import { check, present, put } from './writes.ts';

/** Compressed bytes in one item. */
const itemBytes = 380_000;

/** A promise of what one of Node's calls answers; its `promisify` comes in a module that loads much else. */
const promised = (call: typeof gzip, given: string | Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    call(given, (error, result) => (error ? reject(error) : resolve(result)));
  });

/** The latest snapshot of a run: compressed, and cut into items where it does not fit into one. */
export async function saveSnapshot(store: DynamoStore, tenant: string, state: RunState): Promise<void> {
  const pk = partitions.run(tenant, state.run);
  const { seq } = state;
  const whole = await promised(gzip, JSON.stringify(state));
  const parts = Array.from({ length: Math.ceil(whole.length / itemBytes) }, (_, index) =>
    whole.subarray(index * itemBytes, (index + 1) * itemBytes),
  );
  await store.writeAll(
    store.log,
    parts.slice(1).map((part, index) => ({
      put: { pk: text(pk), sk: text(partKey(seq, index + 1)), part: bytes(part) },
    })),
  );
  const item: Item = {
    pk: text(pk),
    sk: text(places.snapshot),
    seq: number(seq),
    parts: number(parts.length),
    part: bytes(parts[0] ?? new Uint8Array()),
  };
  const isNewer = {
    that: 'attribute_not_exists(pk) OR #seq < :seq',
    names: ['seq'],
    values: { seq: number(seq) },
  };
  try {
    // A run that was removed meanwhile does not come back.
    await store.transact([check(store.log, { pk, sk: places.head }, present), put(store.log, item, isNewer)]);
  } catch (error) {
    if (!(error instanceof WriteRefused)) throw error;
  }
  await removeOthers(store, pk);
}

export async function readSnapshot(
  store: DynamoStore,
  tenant: string,
  run: string,
): Promise<RunState | undefined> {
  const pk = partitions.run(tenant, run);
  const item = await store.get(store.log, { pk, sk: places.snapshot });
  if (!item) return undefined;
  const count = numberOf(item, 'parts');
  const keys = Array.from({ length: count - 1 }, (_, index) => ({
    pk,
    sk: partKey(numberOf(item, 'seq'), index + 1),
  }));
  const rest = await store.getAll(store.log, keys);
  // A newer one has just taken its place: it is a cache, and the log says the same.
  if (rest.length < keys.length) return undefined;
  const whole = Buffer.concat([item, ...rest].map(({ part }) => part?.B ?? new Uint8Array()));
  return JSON.parse((await promised(gunzip, whole)).toString());
}

const partKey = (seq: number, index: number): string =>
  `${places.snapshot}#${place(seq)}#${String(index).padStart(3, '0')}`;

/** Removes the parts of snapshots that are not the latest. */
async function removeOthers(store: DynamoStore, pk: string): Promise<void> {
  const latest = await store.get(store.log, { pk, sk: places.snapshot });
  const kept = latest && place(numberOf(latest, 'seq'));
  const query = {
    table: store.log,
    partition: pk,
    between: [`${places.snapshot}#`, `${places.snapshot}$`] as const,
  };
  for await (const page of store.pages(query)) {
    const sks = page.map((item) => textOf(item, 'sk')).filter((sk) => sk.split('#')[1] !== kept);
    await store.writeAll(
      store.log,
      sks.map((sk) => ({ remove: { pk, sk } })),
    );
  }
}
