import { existsSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { syncFolder } from '../../shared/files/durable-write.ts';
import { nodeFileSystem } from '../../shared/files/file-system.ts';
import { logMigrations } from '../../shared/sqlite/log-schema.ts';
import { storeError } from '../../shared/sqlite/store-error.ts';
import { copyDatabase } from '../backup/copy-database.ts';
import { assertSpace } from '../backup/space.ts';
import { fillFolder } from '../backup/unfinished-folder.ts';
import { identityDatabase, identityMigrations } from '../identity/identity-database.ts';
import { migrations as engineMigrations } from '../stepfunctions/journal/sqlite-schema.ts';
import type { DataFolder } from './data-folder.ts';

/** An upgrade that is about to happen: the databases are brought up to date when they are opened. */
export interface Upgrade {
  /** Where the databases lie as they were. */
  readonly kept: string;
  /** To be told once they are open, and so up to date. */
  finish(): Promise<void>;
}

/** Names in a data folder: the copy while databases are brought up to date, and afterwards. */
const names = { underWay: 'upgrading', kept: 'before-upgrade' } as const;

/**
 * Copies the databases of a folder that an older version wrote, before anything is changed: `undefined` when nothing is
 * older. Of earlier copies the last one is kept until this upgrade is finished. An upgrade that was cut off goes on with
 * the copy that it had made. Throws `data.full` when there is no room for it: then everything is as it was.
 */
export async function keepBeforeUpgrade(folder: DataFolder): Promise<Upgrade | undefined> {
  const databases = [
    { path: folder.log, newest: logMigrations.length },
    { path: folder.engine, newest: engineMigrations.length },
    { path: identityDatabase(folder.identity), newest: identityMigrations.length },
  ].filter(({ path }) => existsSync(path));
  const versions = databases.map(({ path, newest }) => ({ newest, found: schemaOf(path) }));
  // Whoever opens what is newer is told so. A database without tables was made a moment before its server was killed.
  if (versions.some(({ found, newest }) => found > newest)) return undefined;
  if (!versions.some(({ found, newest }) => found > 0 && found < newest)) return undefined;
  const underWay = join(folder.root, names.underWay);
  const kept = join(folder.root, names.kept);
  if (!existsSync(underWay)) await copy(databases, underWay);
  return {
    kept,
    async finish() {
      await rm(kept, { recursive: true, force: true });
      await rename(underWay, kept);
      await syncFolder(nodeFileSystem, folder.root);
    },
  };
}

async function copy(databases: readonly { readonly path: string }[], to: string): Promise<void> {
  let size = 0;
  for (const { path } of databases) size += (await stat(path)).size;
  await assertSpace(to, size);
  await fillFolder(to, async (unfinished) => {
    for (const { path } of databases) await copyDatabase(path, join(unfinished, basename(path)));
  });
}

function schemaOf(path: string): number {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  } catch (error) {
    throw storeError(error, path);
  } finally {
    database?.close();
  }
}
