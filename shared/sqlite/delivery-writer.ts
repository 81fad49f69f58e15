import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Delivery } from '../domain/webhooks/delivery.ts';

/** Puts deliveries, inside the transaction of whoever calls. */
export class DeliveryWriter {
  readonly #insert: StatementSync;
  readonly #update: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(`
      INSERT INTO deliveries (status, due_at, row, revision, tenant, webhook, delivery, created_at, run)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
    this.#update = database.prepare(`
      UPDATE deliveries SET status = ?, due_at = ?, row = ?, revision = ?
      WHERE tenant = ? AND webhook = ? AND delivery = ? AND revision = ?`);
  }

  /** Whether what is there was the revision before. */
  put(row: Delivery): boolean {
    const { tenant, webhook, delivery, revision, status, dueAt = null, createdAt, run = null } = row;
    const values = [status, dueAt, JSON.stringify(row), revision, tenant, webhook, delivery] as const;
    const { changes } =
      revision === 1
        ? this.#insert.run(...values, createdAt, run)
        : this.#update.run(...values, revision - 1);
    return changes === 1;
  }
}
