import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { writePrivateFile } from '../../data-folder/private-file.ts';
import { Accounts } from './accounts.ts';
import { randomPassword } from './password.ts';

export interface FirstAccount {
  readonly name: string;
  /** The file that holds its password. */
  readonly file: string;
}

const name = 'admin';

/**
 * On the first start somebody has to be able to sign in: `admin` of the tenant `local`, with a password in a file for the
 * owner of the folder. A start that is cut off in between leaves the file without the mark, and the next one does it again.
 */
export async function makeFirstAccount(
  folder: string,
  open: () => DatabaseSync,
): Promise<FirstAccount | undefined> {
  const file = join(folder, 'first-password');
  if (existsSync(join(folder, 'identity.db')) && !existsSync(file)) return undefined;
  const database = open();
  if (database.prepare("SELECT 1 FROM secrets WHERE name = 'first account'").get()) return undefined;
  const password = randomPassword();
  await writePrivateFile(file, `${password}\n`);
  const accounts = new Accounts(database);
  if (accounts.find(name)) await accounts.setPassword(name, password, 'random');
  else await accounts.add({ name, tenant: 'local', roles: ['admin'] }, password, 'random');
  database.prepare("INSERT INTO secrets (name, value) VALUES ('first account', ?)").run(name);
  return { name, file };
}
