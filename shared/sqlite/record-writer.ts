import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordChange } from '../domain/audit/records.ts';

/** Puts records, inside the transaction of whoever calls. */
export class RecordWriter {
  readonly #version: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    this.#version = database.prepare(`
      INSERT INTO versions (tenant, agent, version, digest, row) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
    this.#put = database.prepare(
      'INSERT OR REPLACE INTO records (kind, tenant, id, row) VALUES (?, ?, ?, ?)',
    );
    this.#remove = database.prepare('DELETE FROM records WHERE kind = ? AND tenant = ? AND id = ?');
  }

  put({ kind, tenant, id, row }: RecordChange): void {
    if (row === null) this.#remove.run(kind, tenant, id);
    else if (kind !== 'version') this.#put.run(kind, tenant, id, JSON.stringify(row));
    else this.#version.run(tenant, row.agent, row.number, row.digest, JSON.stringify(row));
  }
}
