import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../../shared/domain/json.ts';
import { assertFree, type Listed, listedOf, notThere } from './rows.ts';
import { assertSubject, type Subject } from './subject.ts';

/** A machine that gets tokens by itself. */
export interface Client extends Listed {
  /** SHA-256 of its secret, base64url; or it signs with one of its keys. */
  readonly secretDigest: string | undefined;
  /** JSON Web Key Set. */
  readonly publicKeys: JsonObject | undefined;
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Whether a secret is the one of a digest; in constant time. */
export function isSecret(secret: string, digest: string): boolean {
  const expected = Buffer.from(digest, 'base64url');
  return expected.length === 32 && timingSafeEqual(digestOf(secret), expected);
}

/** Machines and their credentials. */
export class Clients {
  readonly #database: DatabaseSync;
  readonly #now: () => Date;

  constructor(database: DatabaseSync, now: () => Date = () => new Date()) {
    this.#database = database;
    this.#now = now;
  }

  /** The client's secret, which is nowhere else; `undefined` for one that has public keys instead. */
  add(subject: Subject, publicKeys?: JsonObject): string | undefined {
    assertSubject(subject);
    assertFree(this.#database, subject.name);
    const secret = publicKeys === undefined ? randomBytes(32).toString('base64url') : undefined;
    this.#database
      .prepare(
        `INSERT INTO clients (name, tenant, roles, secret_digest, public_keys, created_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(
        subject.name,
        subject.tenant ?? null,
        JSON.stringify(subject.roles),
        secret === undefined ? null : digestOf(secret).toString('base64url'),
        publicKeys === undefined ? null : JSON.stringify(publicKeys),
        this.#now().toISOString(),
      );
    return secret;
  }

  find(name: string): Client | undefined {
    const row = this.#database.prepare('SELECT * FROM clients WHERE name = ?').get(name);
    if (row === undefined) return undefined;
    const keys = row['public_keys'];
    const digest = row['secret_digest'];
    return {
      ...listedOf(row),
      secretDigest: typeof digest === 'string' ? digest : undefined,
      publicKeys: typeof keys === 'string' ? (JSON.parse(keys) as JsonObject) : undefined,
    };
  }

  list(): (Listed & { readonly credential: 'secret' | 'keys' })[] {
    const rows = this.#database.prepare('SELECT * FROM clients ORDER BY name').all();
    return rows.map((row) => ({
      ...listedOf(row),
      credential: row['public_keys'] === null ? 'secret' : 'keys',
    }));
  }

  remove(name: string): void {
    const { changes } = this.#database.prepare('DELETE FROM clients WHERE name = ?').run(name);
    if (changes === 0) throw notThere('client', name);
  }
}
