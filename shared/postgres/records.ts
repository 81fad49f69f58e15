import type { RecordChange } from '../domain/audit/records.ts';
import type { Records, TenantRecords } from '../ports/records.ts';
import { recordsJson } from './changes.ts';
import { keyText } from './key-text.ts';
import { rebuild } from './rebuild.ts';
import { type Row, statement } from './statement.ts';
import type { PostgresStore } from './store.ts';

const get = statement('records.get', 'SELECT row FROM records WHERE tenant = $1 AND kind = $2 AND id = $3');
const list = statement(
  'records.list',
  'SELECT row FROM records WHERE tenant = $1 AND kind = $2 AND id > $3 ORDER BY id LIMIT $4',
);
const find = statement('records.find', 'SELECT row FROM records WHERE kind = $1 AND id = $2');
const all = statement(
  'records.all',
  'SELECT row FROM records WHERE kind = $1 AND id > $2 ORDER BY id LIMIT $3',
);
const empty = statement('records.empty', 'DELETE FROM records');
const replace = statement('records.replace', 'SELECT put_records($1, true)');

/** Records in PostgreSQL. Nothing is remembered: whoever is refused, suspended or revoked elsewhere is so here at once. */
export class PostgresRecords implements Records {
  readonly #store: PostgresStore;

  constructor(store: PostgresStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantRecords {
    const { query } = this.#store;
    return {
      get: async (kind, id) => first(await query(get, [tenant, kind, keyText(id)])) as never,
      // No limit is NULL.
      list: async (kind, { after, limit } = { after: '', limit: 0 }) =>
        (await query(list, [tenant, kind, keyText(after), limit || null])).map(parsed) as never,
    };
  }

  find: Records['find'] = async (kind, id) =>
    first(await this.#store.query(find, [kind, keyText(id)])) as never;

  all: Records['all'] = async (kind, { after, limit }) =>
    (await this.#store.query(all, [kind, keyText(after), limit])).map(parsed) as never;

  replaceAll(changes: AsyncIterable<RecordChange>): Promise<void> {
    return rebuild(this.#store, changes, {
      empty: [empty],
      put: replace,
      text: (some: readonly RecordChange[]) => recordsJson(some),
    });
  }
}

const first = ([row]: readonly Row[]): unknown => row && parsed(row);

const parsed = (row: Row): unknown => JSON.parse(row['row'] as string);
