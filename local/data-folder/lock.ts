import { DatabaseSync } from 'node:sqlite';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { isBusy, storeError } from '../../shared/sqlite/store-error.ts';
import type { DataFolder } from './data-folder.ts';
import { readServerFile } from './server-file.ts';

/**
 * Takes the data folder for this process until it ends, however it ends: the lock is the operating system's. A database
 * of its own, so that others may still read the log. Throws `server.running`, saying where the other server listens,
 * and what `storeError` makes of a lock that cannot be used.
 */
export function lockDataFolder(folder: DataFolder): { release(): void } {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(folder.lock);
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    throw isBusy(error) ? alreadyUsed(folder, error) : storeError(error, folder.lock);
  }
  const locked = database;
  return { release: () => locked.close() };
}

function alreadyUsed(folder: DataFolder, cause: unknown): TandemError {
  const url = readServerFile(folder)?.url;
  const message = `A server already uses ${folder.root}${url ? `: it listens on ${url}` : ''}`;
  return new TandemError('server.running', { message, cause, ...(url ? { details: { url } } : {}) });
}
