import { DatabaseSync } from 'node:sqlite';
import { TandemError } from '../errors/tandem-error.ts';
import { isBusy, storeError } from './store-error.ts';

export interface DatabaseOptions {
  /** SQL scripts in the order they were ever released; the script at index `i` leads to `user_version` `i + 1`. */
  readonly migrations: readonly string[];
}

/** Milliseconds to wait for the lock of another process; waiting blocks the event loop, so one writer is the rule. */
const lockTimeoutMs = 5_000;

/**
 * Opens a database file, or creates it, with every commit synced to the disk (WAL, `synchronous=FULL`), and brings it
 * to the newest schema. Throws `data.permission`, `data.full`, `data.damaged` or `data.newer`, naming the file.
 */
export function openDatabase(file: string, { migrations }: DatabaseOptions): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: lockTimeoutMs, enableForeignKeyConstraints: true });
    configure(database);
    migrate(database, file, migrations);
    return database;
  } catch (error) {
    database?.close();
    throw storeError(error, file);
  }
}

function configure(database: DatabaseSync): void {
  enterWal(database);
  database.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;            -- macOS: through the drive's own cache; no effect elsewhere
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA secure_delete = ON;        -- what is deleted or replaced is overwritten: payloads can be erased
    PRAGMA temp_store = MEMORY;       -- the undo of savepoints needs no file
    PRAGMA cache_size = -16384;       -- KiB
  `);
}

/** Two processes that create the file at the same moment: SQLite tells one of them "busy" at once, without waiting. */
function enterWal(database: DatabaseSync): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // Twice the usual page: a third fewer writes for a commit that touches the ends of many trees. Counts for new files.
      database.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || attempt === 100) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lockTimeoutMs / 100);
    }
  }
}

function migrate(database: DatabaseSync, file: string, migrations: readonly string[]): void {
  if (userVersion(database) === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  const version = userVersion(database);
  if (version > migrations.length) {
    throw new TandemError('data.newer', {
      message: `${file} was written by a newer version of Tandem.`,
      details: { file, found: version, supported: migrations.length },
    });
  }
  for (const migration of migrations.slice(version)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${migrations.length}`);
  database.exec('COMMIT');
}

function userVersion(database: DatabaseSync): number {
  // Reading the schema as well finds a file that was cut off behind its header.
  database.prepare('SELECT count(*) FROM sqlite_schema').get();
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}
