import type { RunEvent } from '../../domain/events.ts';
import { deliveriesOf as deliveriesOfEvent } from '../../domain/webhooks/delivery.ts';
import type { EventErasure } from '../../ports/disposal.ts';
import { approvalsOf, deliveriesOf, keyOfItem, ownKeys } from './belongings.ts';
import { eventItems, eventsAfter, type StoredEvent, storedEvents } from './event-items.ts';
import { forgetKeys } from './idempotency.ts';
import { textOf } from './items.ts';
import { partitions, places } from './keys.ts';
import { WriteRefused } from './retries.ts';
import { rowWrites } from './row-writes.ts';
import { rowAttributes } from './run-item.ts';
import type { DynamoStore } from './store.ts';
import { unnamedItem } from './unnamed.ts';
import { type Condition, fits, present, put, remove, update, type Write } from './writes.ts';

/**
 * Puts what is left of an event in its place, in one transaction with the rows that follow from it. What says parts of it
 * elsewhere goes before: if that is cut off, the event still stands, and it is done again.
 */
export async function erase(store: DynamoStore, tenant: string, erasure: EventErasure): Promise<void> {
  const { run, told } = erasure;
  const starts = told.map(deliveriesOfEvent);
  const messages = (await deliveriesOf(store, tenant, run)).filter(({ sk }) =>
    starts.some((start) => sk.startsWith(start)),
  );
  await store.writeAll(
    store.log,
    messages.map((key) => ({ remove: key })),
  );
  await forgetKeys(store, tenant, run);
  for (;;) {
    try {
      return await replaceEvent(store, tenant, erasure);
    } catch (error) {
      // Another event of the same item has been erased meanwhile.
      if (!(error instanceof WriteRefused)) throw error;
    }
  }
}

async function replaceEvent(store: DynamoStore, tenant: string, erasure: EventErasure): Promise<void> {
  const { event, rows } = await writesOf(store, tenant, erasure);
  const last = [...rows];
  // More than a transaction holds: what comes before the event can be done again.
  while (last.length > 0 && !fits([...last, ...event])) await store.transact(last.splice(0, 25));
  if (last.length + event.length > 0) await store.transact([...event, ...last]);
}

async function writesOf(store: DynamoStore, tenant: string, erasure: EventErasure) {
  const { run, event, projections, blobs } = erasure;
  const { log } = store;
  const pk = partitions.run(tenant, run);
  const kept = rowWrites(
    log,
    projections.filter(({ kind }) => kind !== 'due'),
    { seq: event.seq },
  );
  const stored = await findEvent(store, pk, event.seq);
  const own: { pk: string; sk: string }[] = [];
  for await (const keys of ownKeys(store, tenant, run))
    own.push(...keys.filter(({ sk }) => sk.startsWith('artifact#') || sk.startsWith(places.snapshot)));
  const gone = [...own, ...(await approvalsOf(store, tenant, run))].filter(
    (key) => !kept.some((write) => isOf(write, key)),
  );
  const rows: Write[] = [
    ...gone.map((key) => remove(log, key)),
    ...kept,
    ...[...new Set(blobs)].map((digest) => put(log, unnamedItem(tenant, digest))),
  ];
  const key = { pk, sk: places.run };
  if (!kept.some((write) => isOf(write, key)) && (await store.get(log, key)))
    rows.push(update(log, key, { remove: rowAttributes }));
  return { rows, event: stored ? replacing(log, pk, { stored, event }) : [] };
}

function isOf({ Put, Update }: Write, { pk, sk }: { readonly pk: string; readonly sk: string }): boolean {
  const key = Put?.Item ?? Update?.Key ?? {};
  return key['pk']?.S === pk && key['sk']?.S === sk;
}

async function findEvent(store: DynamoStore, pk: string, seq: number): Promise<StoredEvent | undefined> {
  for await (const stored of storedEvents(
    store.items({ ...eventsAfter(store.log, pk, seq - 1), atATime: 1 }),
  ))
    if (stored.seq >= seq) return stored.seq === seq ? stored : undefined;
  return undefined;
}

/** The items that an event stands in, once more with what is left of it. */
function replacing(
  table: string,
  pk: string,
  { stored, event }: { readonly stored: StoredEvent; readonly event: RunEvent },
): readonly Write[] {
  const [item] = stored.items;
  const texts = (item?.['events']?.L ?? [{ S: stored.text }]).map(({ S = '' }) => S);
  const last = Number((item ? textOf(item, 'sk') : '').split('#')[1]);
  const before = last - texts.length;
  texts[event.seq - before - 1] = JSON.stringify(event);
  const items = eventItems(pk, before, texts);
  const keys = new Set(items.map((one) => textOf(one, 'sk')));
  return [
    ...items.map((one) =>
      put(table, one, textOf(one, 'sk') === places.event(last) ? asItWas(stored) : undefined),
    ),
    ...stored.items
      .map(keyOfItem)
      .filter(({ sk }) => !keys.has(sk))
      .map((key) => remove(table, key)),
  ];
}

/** That nobody has changed the item since it was read. */
function asItWas({ items: [item] }: StoredEvent): Condition {
  const events = item?.['events'];
  return events ? { that: '#events = :events', names: ['events'], values: { events } } : present;
}
