import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { holdBlobs } from '../data-folder/blobs-lock.ts';
import type { DataFolder } from '../data-folder/data-folder.ts';
import { writePrivateFile } from '../data-folder/private-file.ts';
import type { Progress } from '../progress.ts';
import { openAtRest } from './at-rest.ts';
import { type CheckedLogs, checkLogs, type Damage } from './check-logs.ts';
import { copyDatabase } from './copy-database.ts';
import { type CopiedFile, copyFilesDurably, filesBelow, sumOf } from './copy-files.ts';
import { type BackupManifest, backupFormat, backupNames } from './manifest.ts';
import { SavedData } from './saved-data.ts';
import { assertSpace } from './space.ts';
import { SumsWriter } from './sums.ts';
import { fillFolder } from './unfinished-folder.ts';

export interface BackupOptions {
  readonly folder: DataFolder;
  /** Where the backup is to lie. */
  readonly target: string;
  /** Whether keys and accounts are copied as well. */
  readonly keys: boolean;
  /** Version of this program. */
  readonly version: string;
  readonly now: () => number;
  readonly progress: Progress;
}

export interface Backup {
  readonly manifest: BackupManifest;
  /** What was wrong with the data before it was copied. */
  readonly damage: readonly Damage[];
}

/** How long a removal of blobs may hold a backup up, in milliseconds. */
const waitMs = 30_000;

/**
 * Copies the data of a server that may be running. The logs come first, as they are at one moment, then the blobs: an
 * event names only blobs that were stored before it (rule 4), and none is removed meanwhile. The engine's journal is not
 * copied: it would show another moment than the logs, from which every run can be taken up without it.
 */
export async function makeBackup(options: BackupOptions): Promise<Backup> {
  const { folder, target } = options;
  if (!existsSync(folder.log)) {
    throw new TandemError('data.permission', { message: `${folder.root} holds no data of a server` });
  }
  const lock = holdBlobs(folder, waitMs);
  if (!lock) throw new TandemError('backup.running', { message: `Blobs of ${folder.root} are in use` });
  try {
    return await fillFolder(target, (unfinished) => fill(options, unfinished));
  } finally {
    lock.release();
  }
}

async function fill(options: BackupOptions, to: string): Promise<Backup> {
  const { folder, progress } = options;
  const { databases, files } = await contents(options);
  const size = await sizeOf(folder.root, [...databases, ...files]);
  await assertSpace(to, size);
  const at = new Date(options.now()).toISOString();
  for (const path of databases) {
    await copyDatabase(join(folder.root, path), join(to, path), (share) =>
      progress.show(`Copying ${path}`, share),
    );
  }
  const copied = { files: 0, bytes: 0 };
  const damage: Damage[] = [];
  const sums = await SumsWriter.in(to);
  const add = async (file: CopiedFile): Promise<void> => {
    await sums.add(file);
    copied.files += 1;
    copied.bytes += file.size;
  };
  // Listed again: the logs name blobs that were not there when the space was measured.
  const { files: now } = await contents(options);
  for await (const file of copyFilesDurably({ from: folder.root, to }, now)) {
    await add(file);
    damage.push(...damageIn(file));
    progress.show(`Copying ${now.length} files`, copied.files / now.length);
  }
  for (const path of databases) await add({ path, ...(await sumOf(join(to, path))) });
  const checked = await check(to, progress);
  const manifest: BackupManifest = {
    format: backupFormat,
    tandem: options.version,
    at,
    keys: options.keys,
    schemas: Object.fromEntries(databases.map((path) => [path, schemaOf(join(to, path))])),
    runs: checked.runs,
    events: checked.events,
    ...copied,
    sums: await sums.end(),
  };
  await writePrivateFile(join(to, backupNames.manifest), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return { manifest, damage: [...damage, ...checked.damage] };
}

/** What is copied, by path: databases, of which others may be in the middle of writing, and files that never change. */
async function contents({ folder, keys }: BackupOptions) {
  const databases = ['log.db'];
  const files: string[] = [];
  const folders = ['blobs', ...(keys ? ['keys', 'identity'] : [])];
  for (const below of folders) {
    for await (const path of filesBelow(join(folder.root, below))) {
      if (path.startsWith('.') || /-(?:wal|shm|journal)$/.test(path)) continue;
      (path.endsWith('.db') ? databases : files).push(`${below}/${path}`);
    }
  }
  return { databases, files };
}

async function sizeOf(root: string, paths: readonly string[]): Promise<number> {
  let size = 0;
  for (const path of paths) size += (await stat(join(root, path))).size;
  return size;
}

/** A blob that no longer holds what its name says. */
function damageIn({ path, sha256 }: CopiedFile): readonly Damage[] {
  const [, tenant = '', , digest] = path.split('/');
  if (!path.startsWith('blobs/') || digest === sha256) return [];
  return [{ tenant, run: '-', message: `The blob ${digest} no longer holds what its name says` }];
}

async function check(folder: string, progress: Progress): Promise<CheckedLogs> {
  const data = new SavedData(folder);
  try {
    const runs = data.count();
    return await checkLogs(data, (checked) => progress.show(`Verifying ${runs} runs`, checked / runs));
  } finally {
    data.close();
  }
}

function schemaOf(path: string): number {
  using database = openAtRest(path);
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}
