import type { RecordChange } from '../../domain/audit/records.ts';
import type { PlainKind, RecordPage, Records, TenantRecords } from '../../ports/records.ts';
import { type Item, type ItemKey, textOf } from './items.ts';
import { partitions, pastAll, sorted } from './keys.ts';
import type { Query } from './queries.ts';
import { replaceRecords } from './rebuild-records.ts';
import { apiKeyKey } from './record-writes.ts';
import type { DynamoStore } from './store.ts';

/** Records in DynamoDB: no index, so that every read is strongly consistent. */
export class DynamoRecords implements Records {
  readonly #store: DynamoStore;

  constructor(store: DynamoStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantRecords {
    return {
      get: (kind, id) => this.#row({ pk: partitions.records(tenant), sk: sorted(kind, id) }),
      list: (kind, page) => this.#list(tenant, kind, page),
    } as TenantRecords;
  }

  find: Records['find'] = (kind, id) =>
    this.#row(kind === 'key' ? apiKeyKey(id) : { pk: partitions.records(id), sk: sorted(kind, id) }) as never;

  all: Records['all'] = (kind, { after, limit }) => {
    const query = { table: this.#store.log, partition: partitions.everywhere(kind), atATime: limit };
    return this.#rows(after === '' ? query : { ...query, above: `${after}$` }, limit) as never;
  };

  replaceAll(changes: AsyncIterable<RecordChange>): Promise<void> {
    return replaceRecords(this.#store, changes);
  }

  #list(tenant: string, kind: PlainKind, page?: RecordPage): Promise<readonly unknown[]> {
    const { after = '', limit = Number.POSITIVE_INFINITY } = page ?? {};
    const query = {
      table: this.#store.log,
      partition: partitions.records(tenant),
      between: [sorted(kind, after), pastAll(kind)] as const,
      // The one it begins after is among them.
      ...(Number.isFinite(limit) ? { atATime: limit + 1 } : {}),
    };
    return this.#rows(query, limit, sorted(kind, after));
  }

  async #row<T>(key: Required<ItemKey>): Promise<T | undefined> {
    const item = await this.#store.get(this.#store.log, key);
    return item && JSON.parse(textOf(item, 'row'));
  }

  async #rows(query: Query, limit: number, not?: string): Promise<readonly unknown[]> {
    const rows: unknown[] = [];
    if (limit < 1) return rows;
    for await (const item of this.#store.items(query)) {
      if (textOf(item, 'sk') !== not) rows.push(rowOf(item));
      if (rows.length === limit) break;
    }
    return rows;
  }
}

const rowOf = (item: Item): unknown => JSON.parse(textOf(item, 'row'));
