import { decodeCursor } from '../domain/paging.ts';
import type { Delivery } from '../domain/webhooks/delivery.ts';
import type { DeliveryFilter, Lane, Outbox, TenantOutbox } from '../ports/outbox.ts';
import type { Page } from '../ports/projections.ts';
import { deliveriesJson } from './changes.ts';
import { List } from './lists.ts';
import { type Row, statement } from './statement.ts';
import type { PostgresStore } from './store.ts';

/** Deliveries forgotten in one go. */
const prunedAtOnce = 1_000;

const deliveries = new List({ table: 'deliveries', order: ['delivery'] });

const get = statement(
  'deliveries.get',
  'SELECT row FROM deliveries WHERE tenant = $1 AND webhook = $2 AND delivery = $3',
);
const due = statement(
  'deliveries.due',
  `SELECT row FROM deliveries WHERE tenant = $1 AND webhook = $2 AND due_at <= $3 ORDER BY due_at LIMIT $4`,
);
const put = statement('deliveries.put', 'SELECT put_deliveries($1) AS put');
const removeAll = statement(
  'deliveries.removeAll',
  'DELETE FROM deliveries WHERE tenant = $1 AND webhook = $2',
);
// From one webhook straight to the next: what is due for each is not walked through.
const nextLane = (from: string) => `
  SELECT tenant, webhook, due_at FROM deliveries WHERE due_at IS NOT NULL ${from}
  ORDER BY tenant, webhook, due_at LIMIT 1`;
const lanes = statement(
  'deliveries.lanes',
  `WITH RECURSIVE lane AS (
    (${nextLane('')})
    UNION ALL
    SELECT following.* FROM lane,
      LATERAL (${nextLane('AND (tenant, webhook) > (lane.tenant, lane.webhook)')}) AS following
  )
  SELECT tenant, webhook, due_at AS "dueAt" FROM lane`,
);
const prune = statement(
  'deliveries.prune',
  `WITH pruned AS (
    DELETE FROM deliveries WHERE (tenant, webhook, delivery) IN (
      SELECT tenant, webhook, delivery FROM deliveries
      WHERE due_at IS NULL AND created_at < $1 ORDER BY created_at LIMIT ${prunedAtOnce})
    RETURNING 1
  )
  SELECT count(*)::integer AS count FROM pruned`,
);

/** What webhooks are sent, in PostgreSQL. */
export class PostgresOutbox implements Outbox {
  readonly #store: PostgresStore;

  constructor(store: PostgresStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantOutbox {
    const { query, inTurn } = this.#store;
    return {
      get: (webhook, delivery) => this.#get(tenant, webhook, delivery),
      list: (webhook, filter) => this.#list(tenant, webhook, filter),
      due: async (webhook, before, limit) => (await query(due, [tenant, webhook, before, limit])).map(parsed),
      put: (delivery) =>
        inTurn(JSON.stringify([tenant, delivery.webhook, delivery.delivery]), () => this.#put(delivery)),
      removeAll: async (webhook) => {
        await query(removeAll, [tenant, webhook]);
      },
    };
  }

  async lanes(): Promise<readonly Lane[]> {
    return (await this.#store.query(lanes)) as unknown as readonly Lane[];
  }

  async prune(before: string): Promise<number> {
    return (await this.#store.query(prune, [before]))[0]?.['count'] as number;
  }

  async #get(tenant: string, webhook: string, delivery: string): Promise<Delivery | undefined> {
    const [row] = await this.#store.query(get, [tenant, webhook, delivery]);
    return row && parsed(row);
  }

  async #put(row: Delivery): Promise<boolean> {
    const { value, doubtful } = await this.#store.attempt(put, [deliveriesJson([row])]);
    if (value[0]?.['put'] === 1) return true;
    if (!doubtful) return false;
    // The answer of an attempt that has been done was lost: then what is there is this one.
    const [there] = await this.#store.query(get, [row.tenant, row.webhook, row.delivery]);
    return there?.['row'] === JSON.stringify(row);
  }

  async #list(
    tenant: string,
    webhook: string,
    { status, limit, cursor }: DeliveryFilter,
  ): Promise<Page<Delivery>> {
    return deliveries.page(this.#store, {
      ...{ tenant, wanted: { webhook, status }, along: 'webhook' },
      ...(cursor === undefined ? {} : { after: decodeCursor(cursor, 1) }),
      ...(limit === undefined ? {} : { limit }),
    });
  }
}

const parsed = (row: Row): Delivery => JSON.parse(row['row'] as string);
