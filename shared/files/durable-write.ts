import { dirname } from 'node:path';
import type { FileSystem } from './file-system.ts';

export interface DurableWrite {
  readonly path: string;
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>;
  /** Asked once all bytes are written: what it throws makes an end of the file. */
  readonly check?: () => void;
  /** Where the file grows: a name that nobody else uses, on the same file system. */
  readonly temporary: string;
}

/**
 * Writes a file so that it is there, whole, once this resolves, whatever happens to the machine (rule 4): content and
 * name are synced one after the other, and the name appears last.
 */
export async function writeDurably(
  files: FileSystem,
  { path, bytes, temporary, check }: DurableWrite,
): Promise<void> {
  try {
    const handle = await files.open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      check?.();
      await handle.sync();
    } finally {
      await handle.close();
    }
    await files.rename(temporary, path);
  } catch (error) {
    await files.rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(files, dirname(path));
}

/** Makes the names in a folder durable. */
export async function syncFolder(files: FileSystem, folder: string): Promise<void> {
  // Windows can't open a folder; its file system journals names by itself.
  if (process.platform === 'win32') return;
  const handle = await files.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
