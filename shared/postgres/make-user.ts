import { parseAddress } from './address.ts';
import { PhaseError, retrying } from './retry.ts';
import { timeouts } from './timeouts.ts';

/** Who owns the database. */
export interface Owner {
  readonly username: string;
  readonly password: string;
}

/** Milliseconds to go on looking for a connection: nobody waits but a deployment, and a database may have to wake up. */
const patienceMs = 60_000;

/**
 * Makes the user of an address, as the owner of the database: one that signs in by IAM alone, and may make a schema. Whoever
 * is there already is only given what is missing. Throws `store.denied` and `store.unavailable`.
 */
export async function makeUser(address: string, owner: Owner): Promise<void> {
  const { default: pg } = await import('pg');
  const { host, port, database, user, tls } = parseAddress(address);
  const server = { host, port, database, user: owner.username };
  const attempt = async () => {
    const client = new pg.Client({
      ...server,
      password: owner.password,
      ssl: tls ? { rejectUnauthorized: true } : false,
      application_name: 'tandem',
      connectionTimeoutMillis: timeouts.answerMs,
      query_timeout: timeouts.answerMs,
    });
    client.on('error', () => undefined);
    try {
      await client.connect().catch((error) => {
        throw new PhaseError('connecting', error);
      });
      const [name, within] = [client.escapeLiteral(user), client.escapeLiteral(database)];
      await client.query(script(name, within)).catch((error) => {
        throw new PhaseError('working', error);
      });
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  await retrying(attempt, { server, patienceMs });
}

/** One statement, so that it is done whole or not at all. `rds_iam` is a role that every PostgreSQL of RDS has. */
const script = (user: string, database: string) => `
  DO $script$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${user}) THEN
      EXECUTE format('CREATE ROLE %I LOGIN', ${user});
    END IF;
    EXECUTE format('GRANT rds_iam TO %I', ${user});
    EXECUTE format('GRANT CONNECT, CREATE ON DATABASE %I TO %I', ${database}, ${user});
  END $script$`;
