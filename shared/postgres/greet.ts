import type { ClientBase } from 'pg';
import { TandemError } from '../errors/tandem-error.ts';
import { type Server, sqlState } from './failure.ts';
import { migrate } from './migrate.ts';
import { migrations } from './schema/migrations.ts';
import { timeouts } from './timeouts.ts';

interface Greeting {
  readonly commits: string;
  readonly encoding: string;
  readonly copy: boolean;
  readonly version: number;
  readonly least: number;
}

/** SQLSTATE of a table or a schema that is not there. */
const nothingThere = new Set(['42P01', '3F000']);

/** What each session has, whatever the database, the user or the client would have it be. */
const settings = {
  // A commit is answered once it is on the disk, and on that of the standby where there is one.
  synchronous_commit: 'on',
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'off',
  statement_timeout: String(timeouts.statementMs),
  lock_timeout: String(timeouts.lockMs),
  idle_in_transaction_session_timeout: String(timeouts.silentTransactionMs),
  idle_session_timeout: String(timeouts.idleSessionMs),
};

export interface GreetOptions {
  readonly schema: string;
  readonly address: Server;
}

/**
 * Makes a new connection safe to use, in one round trip where the schema is there: settings, whether they hold, whether
 * this is the server that takes writes, and the version of the schema. Throws `store.unsafe` and `data.newer`.
 */
export async function greet(client: ClientBase, { schema, address }: GreetOptions): Promise<void> {
  const { commits, encoding, copy, version, least } = await ask(client, schema).catch(async (error) => {
    if (!nothingThere.has(sqlState(error) ?? '')) throw error;
    await migrate(client, schema);
    return ask(client, schema);
  });
  if (copy) throw new Error('This server is a copy that takes no writes.');
  if (commits !== 'on') throw unsafe(`synchronous_commit is ${commits}, not on`, address);
  if (encoding !== 'UTF8')
    throw unsafe(`the encoding of ${address.database} is ${encoding}, not UTF8`, address);
  if (least > migrations.length) {
    throw new TandemError('data.newer', {
      message: `The schema ${schema} was changed by a newer version of Tandem.`,
      details: { schema, found: version, supported: migrations.length },
    });
  }
  if (version < migrations.length) await migrate(client, schema);
}

async function ask(client: ClientBase, schema: string): Promise<Greeting> {
  const set = Object.entries(settings).map(([name, value]) => `set_config('${name}', '${value}', false)`);
  const { rows } = await client.query<Greeting>(`
    WITH settings AS MATERIALIZED (SELECT ${set.join(', ')}, set_config('search_path', '${schema}', false))
    SELECT current_setting('synchronous_commit') AS commits, current_setting('server_encoding') AS encoding,
      pg_is_in_recovery() AS copy, version, least
    FROM settings, ${schema}.schema_versions ORDER BY version DESC LIMIT 1`);
  const [greeting] = rows;
  if (!greeting) throw new Error(`${schema}.schema_versions is empty.`);
  return greeting;
}

function unsafe(what: string, { host, port }: Server): TandemError {
  return new TandemError('store.unsafe', {
    message: `PostgreSQL at ${host}:${port} is not safe to use: ${what}.`,
    details: { store: 'postgres', host, port },
  });
}
