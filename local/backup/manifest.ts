import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TandemError } from '../../shared/errors/tandem-error.ts';

/** What a backup says of itself, in `backup.json`: written last, so that a backup without it is none. */
export interface BackupManifest {
  readonly format: typeof backupFormat;
  /** Version of Tandem that has made it. */
  readonly tandem: string;
  /** ISO time of the moment that it shows. */
  readonly at: string;
  /** Whether keys and accounts are in it. */
  readonly keys: boolean;
  /** Versions of the databases' schemas, by file. */
  readonly schemas: Readonly<Record<string, number>>;
  readonly runs: number;
  readonly events: number;
  /** Files beside this one and the list of sums; their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** SHA-256 of the list of sums. */
  readonly sums: string;
}

export const backupFormat = 1;

/** Names in a backup that are not data. */
export const backupNames = { manifest: 'backup.json', sums: 'SHA256SUMS' } as const;

/** Throws `backup.invalid` where no backup was finished, and `data.newer` for one of a later format. */
export async function readManifest(backup: string): Promise<BackupManifest> {
  const path = join(backup, backupNames.manifest);
  const manifest = parsed(await readFile(path, 'utf8').catch((cause: Error) => missing(backup, cause)));
  const { format, sums, schemas, files, bytes } = manifest;
  if (typeof format === 'number' && format > backupFormat) {
    throw new TandemError('data.newer', { message: `${backup} was made by a newer version of Tandem` });
  }
  const whole =
    format === backupFormat &&
    typeof sums === 'string' &&
    typeof files === 'number' &&
    typeof bytes === 'number' &&
    typeof schemas === 'object';
  if (!whole) throw invalidBackup(`${path} does not describe a backup`);
  return manifest as BackupManifest;
}

function missing(backup: string, cause: NodeJS.ErrnoException): never {
  if (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR') throw cause;
  throw invalidBackup(`${backup} holds no backup, or one that was never finished`, cause);
}

function parsed(text: string): Partial<BackupManifest> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

export function invalidBackup(message: string, cause?: unknown): TandemError {
  return new TandemError('backup.invalid', { message, cause });
}
