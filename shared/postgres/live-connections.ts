import type { Role } from '../domain/audit/records.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Connection, Connections, Subscription } from '../ports/connections.ts';
import { liveLimits } from '../protocol/live.ts';
import { statement } from './statement.ts';
import type { PostgresStore } from './store.ts';

// The few that have expired go on the way: nobody else looks for them.
const open = statement(
  'live.open',
  `WITH expired AS (DELETE FROM live_connections WHERE id IN (
    SELECT id FROM live_connections WHERE expires_at <= $6 AND id <> $1 LIMIT 20 FOR UPDATE SKIP LOCKED))
  INSERT INTO live_connections (id, tenant, subject, roles, expires_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (id) DO UPDATE
  SET tenant = excluded.tenant, subject = excluded.subject, roles = excluded.roles, expires_at = excluded.expires_at`,
);
const find = statement(
  'live.find',
  'SELECT tenant, subject, roles, expires_at FROM live_connections WHERE id = $1 AND expires_at > $2',
);
const close = statement('live.close', 'DELETE FROM live_connections WHERE id = $1');
const subscribe = statement(
  'live.subscribe',
  `INSERT INTO live_subscriptions (tenant, run, connection, sent)
  SELECT tenant, $2, id, $3 FROM live_connections WHERE id = $1 AND tenant = $4 AND expires_at > $5 AND (
    (SELECT count(*) FROM live_subscriptions WHERE connection = $1) < $6
    OR EXISTS (SELECT FROM live_subscriptions WHERE connection = $1 AND tenant = $4 AND run = $2))
  ON CONFLICT (tenant, run, connection) DO UPDATE SET sent = excluded.sent
  RETURNING run`,
);
const unsubscribe = statement(
  'live.unsubscribe',
  'DELETE FROM live_subscriptions WHERE connection = $1 AND tenant = $2 AND run = $3',
);
const sent = statement(
  'live.sent',
  `UPDATE live_subscriptions SET sent = $4 WHERE connection = $1 AND tenant = $2 AND run = $3 AND sent < $4`,
);
const subscribers = statement(
  'live.subscribers',
  `SELECT connection, sent FROM live_subscriptions JOIN live_connections ON id = connection
  WHERE live_subscriptions.tenant = $1 AND run = $2 AND connection > $3 AND expires_at > $4
  ORDER BY connection LIMIT $5`,
);
const hasSubscribers = statement(
  'live.heard',
  'SELECT 1 FROM live_subscriptions WHERE tenant = $1 AND run = $2 LIMIT 1',
);

/** Subscribers that are told of at a time. */
const pageSubscribers = 100;

/** Who is connected, in PostgreSQL. */
export class PostgresConnections implements Connections {
  readonly #store: PostgresStore;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(store: PostgresStore, clock: Pick<Clock, 'now'>) {
    this.#store = store;
    this.#clock = clock;
  }

  async open({ id, tenant, subject, roles, expiresAt }: Connection): Promise<void> {
    await this.close(id);
    const values = [id, tenant, subject, JSON.stringify(roles), expiresAt, this.#clock.now()];
    await this.#store.query(open, values);
  }

  async find(id: string): Promise<Connection | undefined> {
    const [row] = await this.#store.query(find, [id, this.#clock.now()]);
    if (!row) return undefined;
    return {
      id,
      tenant: String(row['tenant']),
      subject: String(row['subject']),
      roles: JSON.parse(String(row['roles'])) as Role[],
      expiresAt: Number(row['expires_at']),
    };
  }

  async close(id: string): Promise<void> {
    await this.#store.query(close, [id]);
  }

  async subscribe({ connection, tenant, run, sent: from }: Subscription): Promise<void> {
    const most = liveLimits.subscriptions;
    const values = [connection, run, from, tenant, this.#clock.now(), most];
    const [row] = await this.#store.query(subscribe, values);
    if (row) return;
    if (!(await this.find(connection))) throw new TandemError('connection.unknown');
    const message = `One connection listens to at most ${most} runs`;
    throw new TandemError('limit.exceeded', { message, details: { limit: most } });
  }

  async unsubscribe({ connection, tenant, run }: Omit<Subscription, 'sent'>): Promise<void> {
    await this.#store.query(unsubscribe, [connection, tenant, run]);
  }

  async sent({ connection, tenant, run, sent: last }: Subscription): Promise<void> {
    await this.#store.query(sent, [connection, tenant, run, last]);
  }

  async *subscribers(tenant: string, run: string): AsyncGenerator<readonly Subscription[]> {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const values = [tenant, run, after, this.#clock.now(), pageSubscribers];
      const rows = await this.#store.query(subscribers, values);
      const page = rows.map((row) => ({
        connection: String(row['connection']),
        tenant,
        run,
        sent: Number(row['sent']),
      }));
      yield page;
      after = page.length === pageSubscribers ? page.at(-1)?.connection : undefined;
    }
  }

  async hasSubscribers(tenant: string, run: string): Promise<boolean> {
    return (await this.#store.query(hasSubscribers, [tenant, run])).length > 0;
  }
}
