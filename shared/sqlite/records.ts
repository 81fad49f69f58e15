import type { StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import type { RecordChange } from '../domain/audit/records.ts';
import type { PlainKind, Records, TenantRecords } from '../ports/records.ts';
import type { Row } from './lists.ts';
import { rebuild } from './rebuild.ts';
import { RecordWriter } from './record-writer.ts';
import type { SqliteStore } from './store.ts';

interface Known {
  readonly row: unknown;
  readonly epoch: number;
}

/** Records in SQLite. Every request asks for its tenant: what was read last is remembered until something changes. */
export class SqliteRecords implements Records {
  readonly #store: SqliteStore;
  readonly #known = new LRUCache<string, Known>({ max: 10_000 });
  readonly #get: StatementSync;
  readonly #find: StatementSync;
  readonly #list: StatementSync;
  readonly #all: StatementSync;

  constructor(store: SqliteStore) {
    const { database } = store;
    this.#store = store;
    this.#get = database.prepare('SELECT row FROM records WHERE kind = ? AND tenant = ? AND id = ?');
    this.#find = database.prepare(
      'SELECT row FROM records INDEXED BY records_by_id WHERE kind = ? AND id = ?',
    );
    this.#list = database.prepare(`
      SELECT row FROM records WHERE kind = ? AND tenant = ? AND id > ? ORDER BY id LIMIT ?`);
    this.#all = database.prepare(`
      SELECT row FROM records INDEXED BY records_by_id WHERE kind = ? AND id > ? ORDER BY id LIMIT ?`);
  }

  forTenant(tenant: string): TenantRecords {
    const { read } = this.#store;
    return {
      get: (kind, id) =>
        read(() =>
          this.#remembered(JSON.stringify([kind, tenant, id]), () => this.#get.get(kind, tenant, id)),
        ),
      list: (kind, page) =>
        read(() =>
          page
            ? this.#list.all(kind, tenant, page.after, page.limit).map(parsed)
            : this.#listed(kind, tenant),
        ),
    } as TenantRecords;
  }

  find: Records['find'] = (kind, id) =>
    this.#store.read(() =>
      this.#remembered(JSON.stringify([kind, id]), () => this.#find.get(kind, id)),
    ) as never;

  all: Records['all'] = (kind, { after, limit }) =>
    this.#store.read(() => this.#all.all(kind, after, limit).map(parsed)) as never;

  replaceAll(changes: AsyncIterable<RecordChange>): Promise<void> {
    const { database } = this.#store;
    const writer = new RecordWriter(database);
    const rebuilt = {
      empty: () => {
        database.exec('DELETE FROM records');
        this.#store.recordsChange();
      },
      put: (change: RecordChange) => writer.replace(change),
    };
    return rebuild(this.#store, rebuilt, changes);
  }

  #remembered(name: string, query: () => Row | undefined): unknown {
    const epoch = this.#store.recordsEpoch();
    const known = this.#known.get(name);
    if (known?.epoch === epoch) return known.row;
    const row = parsed(query());
    // What is not there is not remembered: made-up ids must not drive out real ones.
    if (row !== undefined) this.#known.set(name, { row, epoch });
    return row;
  }

  /** Tenants are real: also that there is nothing is remembered. Every end of a run asks for its webhooks. */
  #listed(kind: PlainKind, tenant: string): readonly unknown[] {
    const name = JSON.stringify(['list', kind, tenant]);
    const epoch = this.#store.recordsEpoch();
    const known = this.#known.get(name);
    if (known?.epoch === epoch) return known.row as readonly unknown[];
    // A negative limit is none.
    const rows = this.#list.all(kind, tenant, '', -1).map(parsed);
    if (rows.length <= rememberedRows) this.#known.set(name, { row: rows, epoch });
    return rows;
  }
}

/** Longer lists are not worth their memory. */
const rememberedRows = 100;

function parsed(row: Row | undefined): unknown {
  return row && JSON.parse(row['row'] as string);
}
