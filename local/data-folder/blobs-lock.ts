import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isBusy, storeError } from '../../shared/sqlite/store-error.ts';
import type { DataFolder } from './data-folder.ts';

/**
 * Held while blobs must not be removed, and while they are: a backup copies the logs first and then the blobs that they
 * name. `undefined` when another process holds it longer than `waitMs`. The lock ends with the process.
 */
export function holdBlobs(
  { root }: Pick<DataFolder, 'root'>,
  waitMs: number,
): { release(): void } | undefined {
  const path = join(root, 'blobs.lock');
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: waitMs });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (isBusy(error)) return undefined;
    throw storeError(error, path);
  }
  const held = database;
  return { release: () => held.close() };
}
