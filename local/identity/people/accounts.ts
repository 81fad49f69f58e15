import type { DatabaseSync } from 'node:sqlite';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { hashPassword, isPassword, type Origin } from './password.ts';
import { assertFree, type Listed, listedOf, notThere } from './rows.ts';
import { assertSubject, type Subject } from './subject.ts';

/** Characters of a password: what people choose is guessed when it is shorter. */
const shortest = 12;
const longest = 256;

/** Who may sign in, with a password. */
export class Accounts {
  readonly #database: DatabaseSync;
  readonly #now: () => Date;

  constructor(database: DatabaseSync, now: () => Date = () => new Date()) {
    this.#database = database;
    this.#now = now;
  }

  /** Throws `request.invalid` for a name that is taken or anything that is not as it should be. */
  async add(subject: Subject, password: string, origin: Origin = 'chosen'): Promise<void> {
    assertSubject(subject);
    assertFree(this.#database, subject.name);
    const hash = await hashOf(password, origin);
    this.#database
      .prepare('INSERT INTO accounts (name, tenant, roles, password, created_at) VALUES (?, ?, ?, ?, ?)')
      .run(
        subject.name,
        subject.tenant ?? null,
        JSON.stringify(subject.roles),
        hash,
        this.#now().toISOString(),
      );
  }

  find(name: string): Listed | undefined {
    const row = this.#database.prepare('SELECT * FROM accounts WHERE name = ?').get(name);
    return row && listedOf(row);
  }

  list(): Listed[] {
    return this.#database.prepare('SELECT * FROM accounts ORDER BY name').all().map(listedOf);
  }

  /** The account whose password this is; takes the same time whether there is such an account or not. */
  async signIn(name: string, password: string): Promise<Listed | undefined> {
    const row = this.#database.prepare('SELECT * FROM accounts WHERE name = ?').get(name);
    const good = await isPassword(password.slice(0, longest), row && String(row['password']));
    return good && row ? listedOf(row) : undefined;
  }

  /** Ends every sign-in of the account: it takes the new password to get in again. */
  async setPassword(name: string, password: string, origin: Origin = 'chosen'): Promise<void> {
    if (this.find(name) === undefined) throw notThere('account', name);
    const hash = await hashOf(password, origin);
    this.#database.prepare('UPDATE accounts SET password = ? WHERE name = ?').run(hash, name);
    this.#endSignIns(name);
  }

  remove(name: string): void {
    const { changes } = this.#database.prepare('DELETE FROM accounts WHERE name = ?').run(name);
    if (changes === 0) throw notThere('account', name);
    this.#endSignIns(name);
  }

  #endSignIns(name: string): void {
    this.#database.prepare('DELETE FROM artefacts WHERE account = ?').run(name);
  }
}

function hashOf(password: string, origin: Origin): Promise<string> {
  if (password.length >= shortest && password.length <= longest) return hashPassword(password, origin);
  throw new TandemError('request.invalid', {
    message: `A password has ${shortest} to ${longest} characters`,
  });
}
