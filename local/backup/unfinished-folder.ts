import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { syncFolder } from '../../shared/files/durable-write.ts';
import { nodeFileSystem } from '../../shared/files/file-system.ts';
import { syncFolders } from './copy-files.ts';

/**
 * Fills a folder under another name, so that it appears under its own when it is whole: `fill` is given where to write.
 * What a process that was killed has left under the other name goes first; what a failure leaves goes at once. Throws
 * `folder.not-empty` when something is in the way.
 */
export async function fillFolder<T>(path: string, fill: (unfinished: string) => Promise<T>): Promise<T> {
  const folder = resolve(path);
  const unfinished = `${folder}.unfinished`;
  await assertFree(folder);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  try {
    const filled = await fill(unfinished);
    await syncFolders(unfinished);
    await removeEmpty(folder);
    await rename(unfinished, folder);
    await syncFolder(nodeFileSystem, dirname(folder));
    return filled;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

async function assertFree(folder: string): Promise<void> {
  try {
    if ((await readdir(folder)).length === 0) return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR') throw error;
  }
  throw new TandemError('folder.not-empty', { message: `${folder} is there already, and not empty` });
}

async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
