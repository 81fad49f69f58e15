import { inParallel } from '../../domain/in-parallel.ts';
import { bytes, type Item, number, numberOf, text, textOf } from './items.ts';
import { place } from './keys.ts';
import { type RowChange, rowWrites } from './row-writes.ts';
import type { DynamoStore } from './store.ts';
import { indexes } from './table.ts';
import { fits, put, remove, type Write } from './writes.ts';

/** Bytes of rows in one item. */
const pieceBytes = 350_000;

/** The partition of the index `all` that names what has yet to be unpacked. */
const waiting = 'late';

export interface Commit {
  /** The partition of the log. */
  readonly pk: string;
  /** Place of the last event. */
  readonly seq: number;
  /** Unique among everything that might be committed at this place: the id of an event. */
  readonly id: string;
  /** Events, head and whatever else must be in the transaction itself; conditions come first. */
  readonly writes: readonly Write[];
  readonly rows: readonly RowChange[];
}

/**
 * Commits events with their rows in one transaction. Where they are more than it holds, as when a run of many open approvals ends,
 * the rows that are over go with it packed: they are unpacked before this resolves, or, after a crash, by
 * {@link unpackWaiting}. Throws `WriteRefused`.
 */
export async function commit(store: DynamoStore, { pk, seq, id, writes, rows }: Commit): Promise<void> {
  const all = [...writes, ...rowWrites(store.log, rows, { seq })];
  if (fits(all)) return store.transact(all);
  const pieces = packed(store, { pk, seq, id }, rows);
  const parcel: Item = {
    ...parcelKey(pk, seq),
    name: text(id),
    pieces: number(pieces.length),
    byAll: text(waiting),
    order: text(`${pk} ${place(seq)}`),
  };
  const together = [...writes, put(store.log, parcel), ...pieces];
  if (fits(together)) await store.transact(together);
  else {
    // Without a parcel that names them, pieces are nothing.
    await inParallel(pieces, async (piece) => void (await store.write(piece)));
    await store.transact([...writes, put(store.log, parcel)]);
  }
  await unpack(store, parcel);
}

/** Unpacks what somebody has committed and not lived to unpack. */
export async function unpackWaiting(store: DynamoStore): Promise<void> {
  const query = { table: store.log, index: indexes.all, partition: waiting };
  for await (const { pk, sk } of store.items(query)) {
    const parcel = await store.get(store.log, { pk: pk?.S ?? '', sk: sk?.S ?? '' });
    if (parcel) await unpack(store, parcel);
  }
}

const parcelKey = (pk: string, seq: number): Item => ({ pk: text(pk), sk: text(`late#${place(seq)}`) });

/** Rows as JSON, cut into items. */
function packed(
  { log }: DynamoStore,
  { pk, seq, id }: Pick<Commit, 'pk' | 'seq' | 'id'>,
  rows: readonly RowChange[],
): readonly Write[] {
  const all = Buffer.from(JSON.stringify(rows));
  return Array.from({ length: Math.ceil(all.length / pieceBytes) }, (_, index) =>
    put(log, {
      pk: text(pk),
      sk: text(pieceKey(seq, id, index)),
      piece: bytes(all.subarray(index * pieceBytes, (index + 1) * pieceBytes)),
    }),
  );
}

const pieceKey = (seq: number, id: string, index: number): string =>
  `late#${place(seq)}#${id}#${String(index).padStart(4, '0')}`;

/** Done again, or by two at once, it changes nothing: a row that a later append has put stays. */
async function unpack(store: DynamoStore, parcel: Item): Promise<void> {
  const [pk, name] = [textOf(parcel, 'pk'), textOf(parcel, 'name')];
  const seq = Number(textOf(parcel, 'sk').split('#')[1]);
  const keys = Array.from({ length: numberOf(parcel, 'pieces') }, (_, index) => ({
    pk,
    sk: pieceKey(seq, name, index),
  }));
  const pieces = await store.getAll(store.log, keys);
  // Fewer: somebody else has just unpacked them.
  if (pieces.length < keys.length) return;
  const whole = Buffer.concat(pieces.map(({ piece }) => piece?.B ?? new Uint8Array()));
  const rows: RowChange[] = JSON.parse(whole.toString());
  await inParallel(rowWrites(store.log, rows, { seq, late: true }), async (write) => {
    await store.write(write);
  });
  await store.write(remove(store.log, { pk, sk: textOf(parcel, 'sk') }));
  await store.writeAll(
    store.log,
    keys.map((key) => ({ remove: key })),
  );
}
