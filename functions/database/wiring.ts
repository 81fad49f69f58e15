import * as z from 'zod';
import { secretsManagerClient } from '../../shared/aws/sdk/secrets-manager.ts';
import { readSecret } from '../../shared/aws/secrets/read-secret.ts';
import { makeUser, type Owner } from '../../shared/postgres/make-user.ts';
import { statement } from '../../shared/postgres/statement.ts';
import { openPostgresStore } from '../../shared/postgres/store.ts';
import { readSettings } from '../../shared/protocol/environment/read-settings.ts';
import { needed } from '../needed.ts';

/** As RDS keeps it. */
const kept = z.object({ username: z.string(), password: z.string() });

const look = statement('database.look', 'SELECT 1');

/**
 * Makes the user that functions sign in as, then signs in as they do, which makes the tables: a deployment that goes through
 * has a store that works.
 */
export async function readyDatabase(): Promise<void> {
  const settings = readSettings('function', process.env);
  const address = needed(settings, 'TANDEM_POSTGRES');
  await makeUser(address, await ownerIn(needed(settings, 'TANDEM_POSTGRES_OWNER')));
  const store = openPostgresStore({ address, auth: settings.TANDEM_POSTGRES_AUTH ?? 'iam' });
  try {
    await store.query(look);
  } finally {
    await store.close();
  }
}

async function ownerIn(secret: string): Promise<Owner> {
  const text = await readSecret(secretsManagerClient(), secret);
  const owner = kept.safeParse(text === undefined ? undefined : JSON.parse(text));
  if (!owner.success) throw new Error(`The secret ${secret} holds no name and password.`);
  return owner.data;
}
