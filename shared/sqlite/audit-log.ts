import type { StatementSync } from 'node:sqlite';
import type { AuditHead } from '../domain/audit/events.ts';
import { limits } from '../domain/limits.ts';
import { pageOfTexts, wantedEvents } from '../domain/page-of-texts.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { AuditAppend, AuditLog, AuditPage, TenantAuditLog } from '../ports/audit-log.ts';
import { DeliveryWriter } from './delivery-writer.ts';
import { textsOf } from './lists.ts';
import { RecordWriter } from './record-writer.ts';
import type { SqliteStore } from './store.ts';

/** The audit logs in SQLite: one transaction for events, head and records. */
export class SqliteAuditLog implements AuditLog {
  readonly #store: SqliteStore;
  readonly #records: RecordWriter;
  readonly #deliveries: DeliveryWriter;
  readonly #createHead: StatementSync;
  readonly #advanceHead: StatementSync;
  readonly #getHead: StatementSync;
  readonly #insert: StatementSync;
  readonly #read: StatementSync;
  readonly #tenants: StatementSync;

  constructor(store: SqliteStore) {
    const { database } = store;
    this.#store = store;
    this.#records = new RecordWriter(database);
    this.#deliveries = new DeliveryWriter(database);
    this.#createHead = database.prepare(`
      INSERT INTO audit_heads (seq, hash, at, tenant) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`);
    this.#advanceHead = database.prepare(`
      UPDATE audit_heads SET seq = ?, hash = ?, at = ? WHERE tenant = ? AND seq = ?`);
    this.#getHead = database.prepare('SELECT seq, hash, at FROM audit_heads WHERE tenant = ?');
    this.#tenants = database.prepare('SELECT tenant FROM audit_heads ORDER BY tenant');
    this.#insert = database.prepare('INSERT INTO audit_events (tenant, seq, event) VALUES (?, ?, ?)');
    this.#read = database.prepare(`
      SELECT event FROM audit_events WHERE tenant = ? AND seq > ? ORDER BY seq LIMIT ?`);
  }

  forTenant(tenant: string): TenantAuditLog {
    const { read, commits } = this.#store;
    return {
      append: (append) => commits.run(() => this.#append(tenant, append)),
      read: (after, limit = limits.pageEvents) => read(() => this.#page(tenant, after, limit)),
      head: () => read(() => this.#head(tenant)),
    };
  }

  async *tenants(): AsyncGenerator<string> {
    const rows = await this.#store.read(() => this.#tenants.all());
    for (const row of rows) yield row['tenant'] as string;
  }

  #append(tenant: string, { expected, events, head, records, deliveries = [] }: AuditAppend): void {
    const { seq, hash, at } = head;
    const { changes } =
      expected === 0
        ? this.#createHead.run(seq, hash, at, tenant)
        : this.#advanceHead.run(seq, hash, at, tenant, expected);
    if (changes !== 1) {
      const actual = this.#head(tenant)?.seq ?? 0;
      throw new TandemError('log.conflict', { details: { expected, actual } });
    }
    for (const event of events) this.#insert.run(tenant, event.seq, JSON.stringify(event));
    for (const change of records) this.#records.put(change);
    for (const delivery of deliveries) this.#deliveries.put(delivery);
    if (records.length > 0) this.#store.recordsChange();
  }

  #page(tenant: string, after: number, limit: number): AuditPage {
    const wanted = wantedEvents(limit);
    const { texts, more } = pageOfTexts(
      textsOf(this.#read.iterate(tenant, after, wanted + 1), 'event'),
      wanted,
    );
    return { events: texts.map((text) => JSON.parse(text)), more };
  }

  #head(tenant: string): AuditHead | undefined {
    const row = this.#getHead.get(tenant);
    return row && ({ ...row } as unknown as AuditHead);
  }
}
