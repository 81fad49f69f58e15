import type { StatementSync } from 'node:sqlite';
import { decodeCursor, pageOf, scannedRows } from '../domain/paging.ts';
import type { Delivery } from '../domain/webhooks/delivery.ts';
import type { DeliveryFilter, Lane, Outbox, TenantOutbox } from '../ports/outbox.ts';
import type { Page } from '../ports/projections.ts';
import { DeliveryWriter } from './delivery-writer.ts';
import type { Row } from './lists.ts';
import type { SqliteStore } from './store.ts';

/** Deliveries forgotten in one go. */
const prunedAtOnce = 1_000;

/** Sorts after every id. */
const end = '\u{10ffff}';

/** What webhooks are sent, in SQLite. */
export class SqliteOutbox implements Outbox {
  readonly #store: SqliteStore;
  readonly #writer: DeliveryWriter;
  readonly #get: StatementSync;
  readonly #list: StatementSync;
  readonly #due: StatementSync;
  readonly #nextLane: StatementSync;
  readonly #removeAll: StatementSync;
  readonly #prune: StatementSync;

  constructor(store: SqliteStore) {
    const { database } = store;
    this.#store = store;
    this.#writer = new DeliveryWriter(database);
    this.#get = database.prepare(
      'SELECT row FROM deliveries WHERE tenant = ? AND webhook = ? AND delivery = ?',
    );
    this.#list = database.prepare(`
      SELECT row FROM deliveries WHERE tenant = ? AND webhook = ? AND delivery < ?
      ORDER BY delivery DESC LIMIT ${scannedRows + 1}`);
    this.#due = database.prepare(`
      SELECT row FROM deliveries INDEXED BY deliveries_due
      WHERE tenant = ? AND webhook = ? AND due_at <= ? ORDER BY due_at LIMIT ?`);
    // From one webhook straight to the next: what is due for each is not walked through.
    this.#nextLane = database.prepare(`
      SELECT tenant, webhook, due_at AS dueAt FROM deliveries INDEXED BY deliveries_due
      WHERE due_at IS NOT NULL AND (tenant, webhook) > (?, ?) ORDER BY tenant, webhook, due_at LIMIT 1`);
    this.#removeAll = database.prepare('DELETE FROM deliveries WHERE tenant = ? AND webhook = ?');
    this.#prune = database.prepare(`
      DELETE FROM deliveries WHERE (tenant, webhook, delivery) IN (
        SELECT tenant, webhook, delivery FROM deliveries INDEXED BY deliveries_done
        WHERE due_at IS NULL AND created_at < ? ORDER BY created_at LIMIT ${prunedAtOnce})`);
  }

  forTenant(tenant: string): TenantOutbox {
    const { read, commits } = this.#store;
    return {
      get: (webhook, delivery) =>
        read(() => {
          const row = this.#get.get(tenant, webhook, delivery);
          return row && parsed(row);
        }),
      list: (webhook, filter) => read(() => this.#page(tenant, webhook, filter)),
      due: (webhook, before, limit) => read(() => this.#due.all(tenant, webhook, before, limit).map(parsed)),
      put: (delivery) => commits.run(() => this.#writer.put(delivery)),
      removeAll: (webhook) => commits.run(() => void this.#removeAll.run(tenant, webhook)),
    };
  }

  lanes(): Promise<readonly Lane[]> {
    return this.#store.read(() => {
      const lanes: Lane[] = [];
      let last = { tenant: '', webhook: '' };
      for (;;) {
        const row = this.#nextLane.get(last.tenant, last.webhook);
        if (!row) return lanes;
        const lane = { ...row } as unknown as Lane;
        lanes.push(lane);
        last = lane;
      }
    });
  }

  prune(before: string): Promise<number> {
    return this.#store.commits.run(() => Number(this.#prune.run(before).changes));
  }

  #page(tenant: string, webhook: string, { status, limit, cursor }: DeliveryFilter): Page<Delivery> {
    const [after = end] = cursor === undefined ? [] : decodeCursor(cursor, 1);
    return pageOf(this.#list.all(tenant, webhook, after).map(parsed), {
      ...(limit === undefined ? {} : { limit }),
      key: ({ delivery }) => [delivery],
      matches: (delivery) => status === undefined || delivery.status === status,
      size: ({ body }) => body.length,
      read: (delivery) => delivery,
    });
  }
}

const parsed = (row: Row): Delivery => JSON.parse(row['row'] as string);
