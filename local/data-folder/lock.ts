import { DatabaseSync } from 'node:sqlite';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { isBusy } from '../../shared/sqlite/store-error.ts';
import type { DataFolder } from './data-folder.ts';
import { readServerFile } from './server-file.ts';

/**
 * Takes the data folder for this process until it ends, however it ends: the lock is the operating system's. A database
 * of its own, so that others may still read the log. Throws `server.running`, saying where the other server listens.
 */
export function lockDataFolder(folder: DataFolder): { release(): void } {
  const database = new DatabaseSync(folder.lock);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    if (!isBusy(cause)) throw cause;
    const url = readServerFile(folder)?.url;
    const message = `A server already uses ${folder.root}${url ? `: it listens on ${url}` : ''}`;
    throw new TandemError('server.running', { message, cause, ...(url ? { details: { url } } : {}) });
  }
  return { release: () => database.close() };
}
