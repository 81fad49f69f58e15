import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../../shared/sqlite/database.ts';

/** Every release's schema, in order; a script is never changed once it has been released. */
export const identityMigrations: readonly string[] = [
  `
  -- Who may sign in. An account and a client never have the same name: both are subjects of tokens.
  CREATE TABLE accounts (
    name TEXT PRIMARY KEY,
    tenant TEXT,               -- none for who stands outside the tenants
    roles TEXT NOT NULL,       -- JSON
    password TEXT NOT NULL,    -- hash
    created_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE clients (
    name TEXT PRIMARY KEY,
    tenant TEXT,
    roles TEXT NOT NULL,
    secret_digest TEXT,        -- SHA-256 of a secret of 256 random bits
    public_keys TEXT,          -- or a JSON Web Key Set
    created_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- What the authorization server has to remember: codes, refresh tokens, grants, sign-ins under way.
  CREATE TABLE artefacts (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    payload TEXT NOT NULL,
    uid TEXT,
    grant_id TEXT,
    account TEXT,
    consumed_at INTEGER,       -- seconds since the epoch
    expires_at INTEGER,
    PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX artefacts_by_uid ON artefacts (uid) WHERE uid IS NOT NULL;
  CREATE INDEX artefacts_by_grant ON artefacts (grant_id) WHERE grant_id IS NOT NULL;
  CREATE INDEX artefacts_by_account ON artefacts (account) WHERE account IS NOT NULL;
  CREATE INDEX artefacts_by_end ON artefacts (expires_at) WHERE expires_at IS NOT NULL;
  CREATE TABLE secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
];

/** Where it lies. */
export const identityDatabase = (folder: string): string => join(folder, 'identity.db');

/**
 * Opens `identity.db` in the folder of the issuer, readable by its owner only. Several processes may have it open: the
 * server, and whoever manages accounts.
 */
export function openIdentityDatabase(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = identityDatabase(folder);
  // What SQLite writes beside it gets the same mode.
  closeSync(openSync(file, 'a', 0o600));
  return openDatabase(file, { migrations: identityMigrations });
}

/** A secret of 256 bits under a name, made when it is asked for first. */
export function secretNamed(database: DatabaseSync, name: string): string {
  database
    .prepare('INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING')
    .run(name, randomBytes(32).toString('base64url'));
  return String(database.prepare('SELECT value FROM secrets WHERE name = ?').get(name)?.['value']);
}
