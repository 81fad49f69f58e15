import { parseAddress } from './address.ts';
import { Connections, type Query } from './connections.ts';
import { iamPassword } from './iam.ts';
import { InTurn } from './in-turn.ts';
import { type Attempted, type RetryOptions, retrying } from './retry.ts';
import { type Row, type Statement, statement, type Value } from './statement.ts';

/** One database, shared by the adapters of a process. */
export interface PostgresStore {
  /** One statement, which is a transaction by itself: one round trip. Failures are told in the user's terms. */
  query(one: Statement, values?: readonly Value[]): Promise<readonly Row[]>;
  /** As {@link PostgresStore.query}, for what must not be done twice: says whether it may have been done before. */
  attempt(one: Statement, values?: readonly Value[]): Promise<Attempted<readonly Row[]>>;
  /** Work under one key in the order of its arrival. */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** One transaction of many statements, each as long as it needs; done again from its start where that is needed. */
  longTransaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Statements as long as they need, each a transaction by itself; all of them done again where that is needed. */
  forLong<T>(work: (query: Query) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface PostgresStoreOptions {
  /** `postgres://user[:password]@host:port/database`: see `parseAddress`. */
  readonly address: string;
  /** `iam`: a token of this process's AWS credentials is the password; encryption is not to be switched off then. */
  readonly auth: 'iam' | 'password';
  /** Where the tables are; default `tandem`. */
  readonly schema?: string;
  /** Default 2: a function does one thing at a time, and reads while it writes at most. */
  readonly connections?: number;
  /**
   * Milliseconds to go on looking for a connection; default 25,000: an Aurora that sleeps takes about 15 s to wake up,
   * and a request at the front door may take 29.
   */
  readonly patienceMs?: number;
}

const begin = statement('begin', 'BEGIN');
const commit = statement('commit', 'COMMIT');

/**
 * A store that connects when it is first used, and makes or upgrades its schema then. Throws `store.denied` at once for
 * an address that is none; its work throws `store.unavailable`, `store.denied`, `store.unsafe`, `data.newer`, `data.full`.
 */
export function openPostgresStore(options: PostgresStoreOptions): PostgresStore {
  const { auth, schema = 'tandem', connections: count = 2, patienceMs = 25_000 } = options;
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) throw new Error(`${schema} cannot be the name of a schema.`);
  const parsed = parseAddress(options.address);
  const address = auth === 'iam' ? { ...parsed, tls: true } : parsed;
  const password = auth === 'iam' ? { password: iamPassword(address) } : {};
  const connections = new Connections({ address, schema, count, patienceMs, ...password });
  const turns = new InTurn();
  const retry: RetryOptions = { server: address, patienceMs };
  const attempt: PostgresStore['attempt'] = (one, values) =>
    retrying(() => connections.lend((query) => query(one, values)), retry);
  const forLong: PostgresStore['forLong'] = async (work) =>
    (await retrying(() => connections.lendForLong(work), retry)).value;
  return {
    attempt,
    query: async (one, values) => (await attempt(one, values)).value,
    inTurn: (key, work) => turns.run(key, work),
    forLong,
    longTransaction: (work) =>
      forLong(async (query) => {
        await query(begin);
        const value = await work(query);
        await query(commit);
        return value;
      }),
    close: () => connections.close(),
  };
}
