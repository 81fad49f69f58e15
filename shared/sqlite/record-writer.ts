import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordChange } from '../domain/audit/records.ts';

/** Puts records, inside the transaction of whoever calls. */
export class RecordWriter {
  readonly #version: StatementSync;
  readonly #forget: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    this.#version = database.prepare(`
      INSERT INTO versions (tenant, agent, version, digest, row) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
    this.#forget = database.prepare('DELETE FROM versions WHERE tenant = ? AND agent = ? AND version = ?');
    this.#put = database.prepare(
      'INSERT OR REPLACE INTO records (kind, tenant, id, row) VALUES (?, ?, ?, ?)',
    );
    this.#remove = database.prepare('DELETE FROM records WHERE kind = ? AND tenant = ? AND id = ?');
  }

  /** As {@link put}; a version that is there already is replaced, and counts as published last. */
  replace(change: RecordChange): void {
    if (change.kind === 'version' && change.row) {
      this.#forget.run(change.tenant, change.row.agent, change.row.number);
    }
    this.put(change);
  }

  put({ kind, tenant, id, row }: RecordChange): void {
    if (row === null) this.#remove.run(kind, tenant, id);
    else if (kind !== 'version') this.#put.run(kind, tenant, id, JSON.stringify(row));
    else this.#version.run(tenant, row.agent, row.number, row.digest, JSON.stringify(row));
  }
}
