import type { ClientBase, Pool, PoolClient } from 'pg';
import type { Address } from './address.ts';
import { sqlState } from './failure.ts';
import { greet } from './greet.ts';
import { PhaseError } from './retry.ts';
import type { Row, Statement, Value } from './statement.ts';
import { timeouts } from './timeouts.ts';

/** Does one statement on a connection that is held. */
export type Query = (statement: Statement, values?: readonly Value[]) => Promise<readonly Row[]>;

export interface ConnectionsOptions {
  readonly address: Address;
  readonly schema: string;
  /** At most so many at once. */
  readonly count: number;
  /** Milliseconds until a connection must be there; longer than an Aurora that sleeps takes to wake up. */
  readonly patienceMs: number;
  /** Asked for each new connection; absent: what the address says. */
  readonly password?: () => Promise<string>;
}

/** Few connections, each brought into the safe state before its first use, and thrown away at the first doubt. */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #usedAt = new WeakMap<ClientBase, number>();
  #pool: Promise<Pool> | undefined;
  #closed = false;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** Lends one; failures are `PhaseError`s, except what `work` throws by itself. */
  async lend<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const client = await this.#take();
    let sound = true;
    const query: Query = async (statement, values = []) => {
      try {
        return (await client.query({ ...statement, values: values as Value[] })).rows;
      } catch (error) {
        // After an answer the connection is as good as before; anything else may leave it in the middle of one.
        if (!isSound(error)) sound = false;
        throw new PhaseError('working', error);
      }
    };
    try {
      return await work(query);
    } finally {
      this.#usedAt.set(client, Date.now());
      client.release(!sound);
    }
  }

  /** Lends one on which statements may take as long as they need; it is not used again. */
  async lendForLong<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const client = await this.#take();
    const query: Query = async ({ text }, values = []) => {
      try {
        const options = { text, values: values as Value[], query_timeout: timeouts.longMs };
        return (await client.query(options)).rows;
      } catch (error) {
        throw new PhaseError('working', error);
      }
    };
    try {
      await query({ name: '', text: `SET statement_timeout = ${timeouts.longMs}; SET lock_timeout = 0` });
      return await work(query);
    } finally {
      client.release(true);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const pool = await this.#pool;
    this.#pool = undefined;
    await pool?.end();
  }

  async #take(): Promise<PoolClient> {
    try {
      if (this.#closed) throw new Error('The store is closed.');
      this.#pool ??= this.#open();
      const pool = await this.#pool;
      for (;;) {
        const client = await pool.connect();
        const idle = Date.now() - (this.#usedAt.get(client) ?? Date.now());
        if (idle < timeouts.trustedIdleMs) return client;
        // The server ends it at about this time, perhaps while this process was frozen and could not notice.
        client.release(true);
      }
    } catch (error) {
      throw new PhaseError('connecting', error);
    }
  }

  /** Loaded when first used: most functions of a stage with another store have the driver with them for nothing. */
  async #open(): Promise<Pool> {
    const { default: pg } = await import('pg');
    const { address, count, patienceMs, password, schema } = this.#options;
    const pool = new pg.Pool({
      host: address.host,
      port: address.port,
      database: address.database,
      user: address.user,
      password: password ?? address.password ?? '',
      ssl: address.tls ? { rejectUnauthorized: true } : false,
      application_name: 'tandem',
      keepAlive: true,
      max: count,
      idleTimeoutMillis: timeouts.trustedIdleMs,
      allowExitOnIdle: true,
      connectionTimeoutMillis: patienceMs,
      query_timeout: timeouts.answerMs,
      onConnect: (client) => greet(client, { schema, address }),
    });
    // A connection that breaks: the pool forgets it where nobody uses it, and whoever does is told by the statement.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  }
}

/** Whether PostgreSQL answered, and goes on answering on this connection. */
function isSound(error: unknown): boolean {
  const state = sqlState(error);
  return state !== undefined && !/^(08|25|57)/.test(state);
}
