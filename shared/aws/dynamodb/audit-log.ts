import type { AuditHead } from '../../domain/audit/events.ts';
import { limits } from '../../domain/limits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { AuditAppend, AuditLog, AuditPage, TenantAuditLog } from '../../ports/audit-log.ts';
import { eventItems, eventsAfter, pageOfEvents, storedEvents } from './event-items.ts';
import { expects } from './event-log.ts';
import { type Item, number, numberOf, text, textOf } from './items.ts';
import { partitions, places } from './keys.ts';
import { commit } from './late-rows.ts';
import { recordWrites } from './record-writes.ts';
import { WriteRefused } from './retries.ts';
import type { DynamoStore } from './store.ts';
import { indexes } from './table.ts';
import { put } from './writes.ts';

/** The partition of the index `all` that names every audit log. */
const logs = 'audits';

/** The audit logs in DynamoDB: one transaction for events, head and records. */
export class DynamoAuditLog implements AuditLog {
  readonly #store: DynamoStore;

  constructor(store: DynamoStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantAuditLog {
    return {
      append: (append) => this.#append(tenant, append),
      read: (after, limit = limits.pageEvents) => this.#read(tenant, after, limit),
      head: async () => {
        const key = { pk: partitions.audit(tenant), sk: places.head };
        const item = await this.#store.get(this.#store.log, key);
        return item && headOf(item);
      },
    };
  }

  async *tenants(): AsyncGenerator<string> {
    const query = { table: this.#store.log, index: indexes.all, partition: logs };
    for await (const item of this.#store.items(query)) yield textOf(item, 'order');
  }

  async #append(tenant: string, append: AuditAppend): Promise<void> {
    const { expected, events, head, records, deliveries = [] } = append;
    const { log } = this.#store;
    const pk = partitions.audit(tenant);
    const texts = events.map((event) => JSON.stringify(event));
    const writes = [
      put(log, headItem(tenant, head), expects(expected)),
      ...eventItems(pk, expected, texts).map((item) => put(log, item)),
      ...recordWrites(log, records, head.seq),
    ];
    const rows = deliveries.map((row) => ({ kind: 'delivery', row }) as const);
    const commits = { pk, seq: head.seq, id: events[0]?.id ?? '', writes, rows };
    try {
      await this.#store.turns.take(pk, () => commit(this.#store, commits));
    } catch (error) {
      if (!(error instanceof WriteRefused)) throw error;
      const found = error.items[0]?.item;
      const actual = found ? numberOf(found, 'seq') : 0;
      throw new TandemError('log.conflict', { details: { expected, actual }, cause: error });
    }
  }

  async #read(tenant: string, after: number, limit: number): Promise<AuditPage> {
    const query = eventsAfter(this.#store.log, partitions.audit(tenant), after);
    const items = this.#store.items({
      ...query,
      atATime: Math.min(Math.max(limit, 1), limits.pageEvents) + 1,
    });
    const { texts, more } = await pageOfEvents(storedEvents(items), after, limit);
    return { events: texts.map((one) => JSON.parse(one)), more };
  }
}

function headItem(tenant: string, { seq, hash, at }: AuditHead): Item {
  return {
    pk: text(partitions.audit(tenant)),
    sk: text(places.head),
    seq: number(seq),
    hash: text(hash),
    at: text(at),
    byAll: text(logs),
    order: text(tenant),
  };
}

function headOf(item: Item): AuditHead {
  return { seq: numberOf(item, 'seq'), hash: textOf(item, 'hash'), at: textOf(item, 'at') };
}
