import type { DatabaseSync } from 'node:sqlite';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Clients } from '../people/clients.ts';
import { tandemCli } from './command-line-client.ts';

/** Kinds that a grant takes along when it is revoked. */
const ofGrants = ['AccessToken', 'AuthorizationCode', 'RefreshToken'];

/**
 * What a session is not to remember: who has signed in. So nobody is signed in by a browser that another person, page or
 * program uses: every sign-in is typed.
 */
const forgotten = ['accountId', 'loginTs', 'authorizations', 'amr', 'acr'];

const seconds = (): number => Math.floor(Date.now() / 1_000);

/** What the authorization server remembers of one kind, in SQLite. */
export class Artefacts implements Adapter {
  readonly #database: DatabaseSync;
  readonly #kind: string;
  /** Thrown for what was used already, by somebody who came a moment earlier. */
  readonly #used: () => Error;

  constructor(database: DatabaseSync, kind: string, used: () => Error) {
    this.#database = database;
    this.#kind = kind;
    this.#used = used;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const kept = this.#kind === 'Session' ? without(payload, forgotten) : payload;
    this.#database
      .prepare(
        `INSERT INTO artefacts (kind, id, payload, uid, grant_id, account, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET payload = excluded.payload, uid = excluded.uid, grant_id = excluded.grant_id,
           account = excluded.account, expires_at = excluded.expires_at`,
      )
      .run(
        this.#kind,
        id,
        JSON.stringify(kept),
        payload.uid ?? null,
        payload.grantId ?? null,
        kept.accountId ?? null,
        expiresIn === undefined ? null : seconds() + expiresIn,
      );
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#read('id = ?', id);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#read('uid = ?', uid);
  }

  /** Devices are not signed in by codes that people type. */
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  /** Once: of two that come at the same moment, one is refused. */
  async consume(id: string): Promise<void> {
    const { changes } = this.#database
      .prepare('UPDATE artefacts SET consumed_at = ? WHERE kind = ? AND id = ? AND consumed_at IS NULL')
      .run(seconds(), this.#kind, id);
    if (changes === 0) throw this.#used();
  }

  async destroy(id: string): Promise<void> {
    this.#database.prepare('DELETE FROM artefacts WHERE kind = ? AND id = ?').run(this.#kind, id);
  }

  async revokeByGrantId(grant: string): Promise<void> {
    for (const kind of ofGrants) {
      this.#database.prepare('DELETE FROM artefacts WHERE kind = ? AND grant_id = ?').run(kind, grant);
    }
  }

  #read(where: string, value: string): AdapterPayload | undefined {
    const row = this.#database
      .prepare(`SELECT payload, consumed_at, expires_at FROM artefacts WHERE kind = ? AND ${where}`)
      .get(this.#kind, value);
    if (row === undefined || Number(row['expires_at'] ?? Infinity) <= seconds()) return undefined;
    const payload = JSON.parse(String(row['payload'])) as AdapterPayload;
    return row['consumed_at'] === null ? payload : { ...payload, consumed: Number(row['consumed_at']) };
  }
}

/** Clients as the authorization server wants to see them; they are managed elsewhere. */
export function clientArtefacts(clients: Clients): Adapter {
  const unsupported = async (): Promise<never> => {
    throw new Error('Clients are not managed here');
  };
  return {
    async find(id) {
      if (id === tandemCli.client_id) return tandemCli;
      const client = clients.find(id);
      return (
        client && {
          client_id: id,
          grant_types: ['client_credentials'],
          response_types: [],
          redirect_uris: [],
          ...(client.publicKeys
            ? { token_endpoint_auth_method: 'private_key_jwt', jwks: client.publicKeys as never }
            : {
                token_endpoint_auth_method: 'client_secret_basic',
                client_secret: client.secretDigest ?? '',
              }),
        }
      );
    },
    upsert: unsupported,
    findByUserCode: unsupported,
    findByUid: unsupported,
    consume: unsupported,
    destroy: unsupported,
    revokeByGrantId: unsupported,
  };
}

/** Removes what has expired. */
export function removeExpired(database: DatabaseSync): void {
  database.prepare('DELETE FROM artefacts WHERE expires_at <= ?').run(seconds());
}

function without(payload: AdapterPayload, names: readonly string[]): AdapterPayload {
  return Object.fromEntries(Object.entries(payload).filter(([name]) => !names.includes(name)));
}
