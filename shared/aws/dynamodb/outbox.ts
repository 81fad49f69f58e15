import { inParallel } from '../../domain/in-parallel.ts';
import { decodeCursor, pageOf } from '../../domain/paging.ts';
import type { Delivery } from '../../domain/webhooks/delivery.ts';
import type { DeliveryFilter, Lane, Outbox, TenantOutbox } from '../../ports/outbox.ts';
import type { Page } from '../../ports/projections.ts';
import { keyOfItem } from './belongings.ts';
import { type Item, type ItemKey, number, textOf } from './items.ts';
import { parted, partitions, pastAll, sorted } from './keys.ts';
import { unpackWaiting } from './late-rows.ts';
import { WriteRefused } from './retries.ts';
import { deliveryItem } from './row-writes.ts';
import { shardOf, shardsOf } from './shards.ts';
import type { DynamoStore } from './store.ts';
import { indexes } from './table.ts';
import { absent, put, remove } from './writes.ts';

/** Deliveries forgotten in one go. */
const prunedAtOnce = 1_000;

/** Deliveries that a list asks for at a time. */
const listed = 100;

/** What webhooks are sent, in DynamoDB: a partition each. */
export class DynamoOutbox implements Outbox {
  readonly #store: DynamoStore;

  constructor(store: DynamoStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantOutbox {
    const store = this.#store;
    return {
      get: async (webhook, delivery) => {
        const key = { pk: partitions.webhook(tenant, webhook), sk: delivery };
        const item = await store.get(store.log, key);
        return item && deliveryOf(item);
      },
      list: (webhook, filter) => this.#list(tenant, webhook, filter),
      due: (webhook, before, limit) => this.#due(tenant, webhook, { before, limit }),
      put: (delivery) => this.#put(delivery),
      removeAll: async (webhook) => {
        const query = { table: store.log, partition: partitions.webhook(tenant, webhook) };
        for await (const page of store.pages(query))
          await store.writeAll(
            store.log,
            page.map((item) => ({ remove: keyOfItem(item) })),
          );
      },
    };
  }

  async lanes(): Promise<readonly Lane[]> {
    await unpackWaiting(this.#store);
    const lanes = await Promise.all(shardsOf('lanes').map((partition) => this.#lanesIn(partition)));
    const name = ({ tenant, webhook }: Lane) => JSON.stringify([tenant, webhook]);
    return lanes.flat().sort((a, b) => (name(a) < name(b) ? -1 : 1));
  }

  async prune(before: string): Promise<number> {
    let pruned = 0;
    for (const partition of shardsOf('done')) {
      const query = { table: this.#store.log, index: indexes.ended, partition, below: before };
      const old: Item[] = [];
      for await (const item of this.#store.items({ ...query, atATime: prunedAtOnce })) {
        old.push(item);
        if (pruned + old.length === prunedAtOnce) break;
      }
      await inParallel(old, async (item) => {
        // One that is sent again meanwhile stays.
        const isDone = { that: 'attribute_exists(byEnded)' };
        if (await this.#store.write(remove(this.#store.log, keyOfItem(item), isDone))) pruned += 1;
      });
      if (pruned >= prunedAtOnce) break;
    }
    return pruned;
  }

  /** From one webhook straight to the next: what is due for each is not walked through. */
  async #lanesIn(partition: string): Promise<readonly Lane[]> {
    const lanes: Lane[] = [];
    const query = { table: this.#store.log, index: indexes.due, partition, atATime: 1 };
    let above: string | undefined;
    for (;;) {
      const next = await first(this.#store.items({ ...query, ...(above === undefined ? {} : { above }) }));
      if (!next) return lanes;
      const [tenant = '', webhook = '', dueAt = ''] = parted(textOf(next, 'dueOrder'));
      lanes.push({ tenant, webhook, dueAt });
      above = pastAll(tenant, webhook);
    }
  }

  async #due(
    tenant: string,
    webhook: string,
    { before, limit }: { readonly before: string; readonly limit: number },
  ): Promise<readonly Delivery[]> {
    const query = {
      table: this.#store.log,
      index: indexes.due,
      partition: shardOf('lanes', tenant, webhook),
      between: [sorted(tenant, webhook, ''), `${sorted(tenant, webhook, before)}$`] as const,
      atATime: limit,
    };
    const keys: Required<ItemKey>[] = [];
    for await (const item of this.#store.items(query)) {
      keys.push(keyOfItem(item));
      if (keys.length === limit) break;
    }
    const items = await this.#store.getAll(this.#store.log, keys);
    // The index may still name what has been sent by now.
    return items.map(deliveryOf).filter(({ dueAt }) => dueAt !== undefined && dueAt <= before);
  }

  async #list(tenant: string, webhook: string, filter: DeliveryFilter): Promise<Page<Delivery>> {
    const { status, limit, cursor } = filter;
    const [after] = cursor === undefined ? [] : decodeCursor(cursor, 1);
    const query = {
      table: this.#store.log,
      partition: partitions.webhook(tenant, webhook),
      newestFirst: true,
      ...(after === undefined ? {} : { below: after }),
    };
    const found: Delivery[] = [];
    const filled = () =>
      pageOf(found, {
        ...(limit === undefined ? {} : { limit }),
        key: ({ delivery }) => [delivery],
        matches: (delivery) => status === undefined || delivery.status === status,
        size: ({ body }) => body.length,
        read: (delivery) => delivery,
      });
    // Nothing comes before the empty text, which is no key.
    if (after === '') return { items: [] };
    for await (const page of this.#store.pages({ ...query, atATime: listed })) {
      found.push(...page.map(deliveryOf));
      const { items, cursor: next } = filled();
      if (next !== undefined) return { items, cursor: next };
    }
    return filled();
  }

  /** As a transaction of one: sent again because its answer was lost, it is not taken for somebody else's. */
  async #put(delivery: Delivery): Promise<boolean> {
    const { tenant, webhook, delivery: id, revision } = delivery;
    const follows =
      revision === 1
        ? absent
        : {
            that: '#revision = :before',
            names: ['revision'],
            values: { before: number(revision - 1) },
          };
    const turn = JSON.stringify([tenant, webhook, id]);
    try {
      await this.#store.turns.take(turn, () =>
        this.#store.transact([put(this.#store.log, deliveryItem(delivery), follows)]),
      );
      return true;
    } catch (error) {
      if (error instanceof WriteRefused) return false;
      throw error;
    }
  }
}

const deliveryOf = (item: Item): Delivery => JSON.parse(textOf(item, 'row'));

async function first<T>(items: AsyncGenerator<T>): Promise<T | undefined> {
  for await (const item of items) return item;
  return undefined;
}
