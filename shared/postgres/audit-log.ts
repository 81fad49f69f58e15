import type { AuditHead } from '../domain/audit/events.ts';
import { limits } from '../domain/limits.ts';
import { pageOfTexts, wantedEvents } from '../domain/page-of-texts.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { AuditAppend, AuditLog, AuditPage, TenantAuditLog } from '../ports/audit-log.ts';
import { deliveriesJson, recordsJson } from './changes.ts';
import { eventsPage } from './pages.ts';
import { statement } from './statement.ts';
import type { PostgresStore } from './store.ts';

const append = statement('audit.append', 'SELECT append_audit($1, $2, $3, $4, $5, $6) AS actual');
const read = statement('audit.read', eventsPage('audit_events', 'tenant = $1'));
const get = statement('audit.get', 'SELECT event FROM audit_events WHERE tenant = $1 AND seq = $2');
const getHead = statement('audit.head', 'SELECT seq, hash, at FROM audit_heads WHERE tenant = $1');
const listTenants = statement('audit.tenants', 'SELECT tenant FROM audit_heads ORDER BY tenant');

/** The audit logs in PostgreSQL: an append is one statement for events, head, records and deliveries. */
export class PostgresAuditLog implements AuditLog {
  readonly #store: PostgresStore;

  constructor(store: PostgresStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantAuditLog {
    return {
      append: (one) => this.#store.inTurn(JSON.stringify(['audit', tenant]), () => this.#append(tenant, one)),
      read: (after, limit = limits.pageEvents) => this.#read(tenant, after, limit),
      head: async () => (await this.#store.query(getHead, [tenant]))[0] as AuditHead | undefined,
    };
  }

  async *tenants(): AsyncGenerator<string> {
    for (const row of await this.#store.query(listTenants)) yield row['tenant'] as string;
  }

  async #append(
    tenant: string,
    { expected, events, head, records, deliveries = [] }: AuditAppend,
  ): Promise<void> {
    const texts = events.map((event) => JSON.stringify(event));
    const values = [
      ...[tenant, expected, JSON.stringify(head), texts],
      ...[recordsJson(records), deliveriesJson(deliveries)],
    ];
    const { value, doubtful } = await this.#store.attempt(append, values);
    const actual = value[0]?.['actual'] as number | null;
    if (actual === null) return;
    // The answer of an attempt that has been done was lost: its last event stands where it belongs.
    const [last] = doubtful ? await this.#store.query(get, [tenant, head.seq]) : [];
    if (last && last['event'] === texts.at(-1)) return;
    throw new TandemError('log.conflict', { details: { expected, actual } });
  }

  async #read(tenant: string, after: number, limit: number): Promise<AuditPage> {
    const wanted = wantedEvents(limit);
    const rows = await this.#store.query(read, [tenant, after, wanted + 1]);
    const { texts, more } = pageOfTexts(
      rows.map((row) => row['event'] as string),
      wanted,
    );
    return { events: texts.map((text) => JSON.parse(text)), more };
  }
}
