import { appendTexts } from '../../domain/append-limits.ts';
import type { Head } from '../../domain/events.ts';
import { limits } from '../../domain/limits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Append, EventLog, EventPage, TenantEventLog } from '../../ports/event-log.ts';
import { eventItems, eventsAfter, pageOfEvents, storedEvents } from './event-items.ts';
import { findKey, takeKey, takenKey } from './idempotency.ts';
import { type Item, number, numberOf, text, textOf } from './items.ts';
import { joined, parted, partitions, places } from './keys.ts';
import { commit } from './late-rows.ts';
import { WriteRefused } from './retries.ts';
import type { RowChange } from './row-writes.ts';
import { merged, shardOf, shardsOf } from './shards.ts';
import { readSnapshot, saveSnapshot } from './snapshots.ts';
import type { DynamoStore } from './store.ts';
import { indexes } from './table.ts';
import { absent, type Condition, put, type Write } from './writes.ts';

/** The run log in DynamoDB: one transaction for events, head, projections, deliveries and idempotency key. */
export class DynamoEventLog implements EventLog {
  readonly #store: DynamoStore;

  constructor(store: DynamoStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantEventLog {
    const store = this.#store;
    return {
      append: (append) => this.#append(tenant, append),
      read: (run, after, limit = limits.pageEvents) => this.#read(tenant, run, { after, limit }),
      head: async (run) => {
        const item = await store.get(store.log, { pk: partitions.run(tenant, run), sk: places.head });
        return item && headOf(run, item);
      },
      snapshot: (run) => readSnapshot(store, tenant, run),
      saveSnapshot: (state) => saveSnapshot(store, tenant, state),
      idempotency: (key) => findKey(store, tenant, key),
    };
  }

  async *allRuns(): AsyncGenerator<{ readonly tenant: string; readonly run: string }> {
    const shards = shardsOf('runs').map((partition) =>
      this.#store.items({ table: this.#store.log, index: indexes.all, partition }),
    );
    for await (const item of merged(shards, (one) => textOf(one, 'order'))) {
      const [, tenant = '', run = ''] = parted(textOf(item, 'pk'));
      yield { tenant, run };
    }
  }

  async #append(tenant: string, append: Append): Promise<void> {
    const { run, expected, events, projections, deliveries = [], idempotency } = append;
    const texts = appendTexts({ tenant, run, expected }, events);
    const pk = partitions.run(tenant, run);
    const { log } = this.#store;
    const writes: Write[] = [
      put(log, headItem(tenant, append.head), expects(expected)),
      ...(idempotency ? [takeKey(this.#store, tenant, idempotency)] : []),
      ...eventItems(pk, expected, texts).map((item) => put(log, item)),
    ];
    const rows: RowChange[] = [
      ...projections,
      ...deliveries.map((row) => ({ kind: 'delivery', row }) as const),
    ];
    const commits = { pk, seq: append.head.seq, id: events[0]?.id ?? '', writes, rows };
    try {
      await this.#store.turns.take(joined(tenant, run), () => commit(this.#store, commits));
    } catch (error) {
      throw refusal(error, append);
    }
  }

  async #read(
    tenant: string,
    run: string,
    { after, limit }: { readonly after: number; readonly limit: number },
  ): Promise<EventPage> {
    const query = eventsAfter(this.#store.log, partitions.run(tenant, run), after);
    const items = this.#store.items({
      ...query,
      atATime: Math.min(Math.max(limit, 1), limits.pageEvents) + 1,
    });
    const { texts, more } = await pageOfEvents(storedEvents(items), after, limit);
    return { events: texts.map((one) => JSON.parse(one)), more };
  }
}

/** By its own: that it is the only part of a run that every append rewrites keeps it small. */
function headItem(tenant: string, { run, seq, hash, signature }: Head): Item {
  return {
    pk: text(partitions.run(tenant, run)),
    sk: text(places.head),
    seq: number(seq),
    hash: text(hash),
    ...(signature ? { signature: text(JSON.stringify(signature)) } : {}),
    byAll: text(shardOf('runs', tenant, run)),
    order: text(run),
  };
}

function headOf(run: string, item: Item): Head {
  const signature = item['signature']?.S;
  return {
    run,
    seq: numberOf(item, 'seq'),
    hash: textOf(item, 'hash'),
    ...(signature === undefined ? {} : { signature: JSON.parse(signature) }),
  };
}

/** That a log ends where an append expects it to. */
export function expects(seq: number): Condition {
  if (seq === 0) return absent;
  return { that: '#seq = :expected', names: ['seq'], values: { expected: number(seq) } };
}

/** The first write is that of the head, the second perhaps that of the idempotency key. */
function refusal(error: unknown, { run, expected, idempotency }: Append): unknown {
  if (!(error instanceof WriteRefused)) return error;
  const [head, key] = error.items;
  if (head) {
    const actual = head.item ? numberOf(head.item, 'seq') : 0;
    return new TandemError('log.conflict', { details: { run, expected, actual }, cause: error });
  }
  return idempotency && key?.item ? takenKey(key.item) : error;
}
