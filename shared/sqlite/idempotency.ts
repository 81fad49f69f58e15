import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { limits } from '../domain/limits.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { IdempotencyRecord } from '../ports/event-log.ts';

/** Idempotency records, inside the transaction of whoever calls. */
export class IdempotencyRecords {
  readonly #get: StatementSync;
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteExpired: StatementSync;

  constructor(database: DatabaseSync) {
    this.#get = database.prepare(`
      SELECT key, body, resource, at FROM idempotency WHERE tenant = ? AND key = ?`);
    this.#insert = database.prepare(`
      INSERT INTO idempotency (tenant, key, body, resource, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
    this.#delete = database.prepare('DELETE FROM idempotency WHERE tenant = ? AND key = ?');
    this.#deleteExpired = database.prepare(`
      DELETE FROM idempotency
      WHERE number IN (SELECT number FROM idempotency ORDER BY number LIMIT 2) AND at <= ?`);
  }

  get(tenant: string, key: string): IdempotencyRecord | undefined {
    const row = this.#get.get(tenant, key) as IdempotencyRecord | undefined;
    return row && { ...row };
  }

  /** Throws `idempotency.conflict` when the key is taken; records older than 24 h give way, the oldest on the way. */
  insert(tenant: string, record: IdempotencyRecord): void {
    const expired = new Date(Date.parse(record.at) - limits.idempotencyMs).toISOString();
    this.#deleteExpired.run(expired);
    if (this.#tryInsert(tenant, record)) return;
    const taken = this.get(tenant, record.key);
    if (taken && taken.at > expired) throw conflict(taken);
    this.#delete.run(tenant, record.key);
    this.#tryInsert(tenant, record);
  }

  #tryInsert(tenant: string, { key, body, resource, at }: IdempotencyRecord): boolean {
    return this.#insert.run(tenant, key, body, resource, at).changes === 1;
  }
}

function conflict({ resource, body }: IdempotencyRecord): TandemError {
  return new TandemError('idempotency.conflict', { details: { resource, body } });
}
