import { join } from 'node:path';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { logMigrations } from '../../shared/sqlite/log-schema.ts';
import type { Progress } from '../progress.ts';
import { type CopiedFile, copyFilesDurably, sumOf } from './copy-files.ts';
import { type BackupManifest, backupNames, invalidBackup, readManifest } from './manifest.ts';
import { assertSpace } from './space.ts';
import { readSums } from './sums.ts';
import { fillFolder } from './unfinished-folder.ts';

export interface RestoreOptions {
  readonly backup: string;
  /** The data folder to be; empty, or not there yet. */
  readonly target: string;
  readonly progress: Progress;
}

/**
 * Makes a data folder of a backup, every file held against its sum on the way. Throws `backup.invalid` when anything is
 * missing or differs, `data.newer` for data of a later version, `folder.not-empty` and `data.full`; then nothing is there.
 */
export async function restoreBackup({ backup, target, progress }: RestoreOptions): Promise<BackupManifest> {
  const manifest = await readManifest(backup);
  assertSchema(backup, manifest);
  if ((await sumsOf(backup)) !== manifest.sums)
    throw invalidBackup(`The list of sums of ${backup} was changed`);
  await assertSpace(target, manifest.bytes);
  await fillFolder(target, async (unfinished) => {
    const expected = new Map<string, string>();
    const paths = async function* (): AsyncGenerator<string> {
      for await (const { path, sha256 } of readSums(backup)) {
        expected.set(path, sha256);
        yield path;
      }
    };
    let files = 0;
    try {
      for await (const copied of copyFilesDurably({ from: backup, to: unfinished }, paths())) {
        assertSame(backup, copied, expected.get(copied.path));
        expected.delete(copied.path);
        files += 1;
        progress.show(`Restoring ${manifest.files} files`, files / manifest.files);
      }
    } catch (error) {
      throw explained(backup, error);
    }
    if (files !== manifest.files) throw invalidBackup(`${backup} lists ${files} of ${manifest.files} files`);
  });
  return manifest;
}

function assertSchema(backup: string, { schemas, tandem }: BackupManifest): void {
  if ((schemas['log.db'] ?? 0) <= logMigrations.length) return;
  throw new TandemError('data.newer', { message: `${backup} was made by Tandem ${tandem}, which is newer` });
}

async function sumsOf(backup: string): Promise<string> {
  try {
    return (await sumOf(join(backup, backupNames.sums))).sha256;
  } catch (cause) {
    throw invalidBackup(`${backup} has no list of sums`, cause);
  }
}

function assertSame(backup: string, { path, sha256 }: CopiedFile, expected: string | undefined): void {
  if (sha256 !== expected) throw invalidBackup(`${join(backup, path)} is damaged: its sum differs`);
}

/** A file that is listed and not there. */
function explained(backup: string, error: unknown): unknown {
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT' || syscall !== 'open' || !path?.startsWith(backup)) return error;
  return invalidBackup(`${path} is missing`, error);
}
