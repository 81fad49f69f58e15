import { chmod, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { storeError } from '../../shared/sqlite/store-error.ts';

/** Pages copied at a time: between two times other databases and files get their turn. */
const pagesAtATime = 1_024;

const lockTimeoutMs = 5_000;

/**
 * Copies a database as it is at this moment, whoever writes to it meanwhile: the copy is taken within one read
 * transaction, which holds nobody up. It is on the disk, for its owner only, when this resolves.
 */
export async function copyDatabase(
  from: string,
  to: string,
  copied: (share: number) => void = () => {},
): Promise<void> {
  try {
    const source = new DatabaseSync(from, { timeout: lockTimeoutMs });
    try {
      await mkdir(dirname(to), { recursive: true, mode: 0o700 });
      // The transaction begins with its first read. Without it, a copy would begin anew with every commit of others.
      source.exec('PRAGMA query_only = ON; BEGIN; SELECT count(*) FROM sqlite_schema');
      await mkdir(dirname(to), { recursive: true, mode: 0o700 });
      await backup(source, to, {
        rate: pagesAtATime,
        progress: ({ totalPages, remainingPages }) => copied(1 - remainingPages / Math.max(totalPages, 1)),
      });
    } finally {
      source.close();
    }
  } catch (error) {
    throw storeError(error, from);
  }
  await makeDurable(to);
}

async function makeDurable(path: string): Promise<void> {
  await chmod(path, 0o600);
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}
