import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { syncFolder } from '../../shared/files/durable-write.ts';
import { nodeFileSystem } from '../../shared/files/file-system.ts';

/** A file that was copied. */
export interface CopiedFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

export interface FolderPair {
  readonly from: string;
  readonly to: string;
}

/** Files that are copied at the same time: syncing one leaves the disk time for others. */
const atATime = 8;

/** Copies a file durably, for its owner only, and says what it holds. */
export async function copyFileDurably({ from, to }: FolderPair, path: string): Promise<CopiedFile> {
  const target = join(to, path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let size = 0;
  const write = createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(
    createReadStream(join(from, path)),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        size += chunk.byteLength;
        yield chunk;
      }
    },
    write,
  );
  if (!write.closed) await once(write, 'close');
  return { path, size, sha256: hash.digest('hex') };
}

/** Copies files durably, some at a time, and yields each. Folders still have to be synced. */
export async function* copyFilesDurably(
  folders: FolderPair,
  paths: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<CopiedFile> {
  const underWay: Promise<CopiedFile>[] = [];
  try {
    for await (const path of paths) {
      underWay.push(copyFileDurably(folders, path));
      if (underWay.length >= atATime) yield await (underWay.shift() as Promise<CopiedFile>);
    }
    while (underWay.length > 0) yield await (underWay.shift() as Promise<CopiedFile>);
  } finally {
    await Promise.allSettled(underWay);
  }
}

/** The files below a folder in the order of their names, relative to it; none where there is no folder. */
export async function* filesBelow(root: string, folder = ''): AsyncGenerator<string> {
  for (const entry of await entriesOf(join(root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(root, path);
    else if (entry.isFile()) yield path;
  }
}

async function entriesOf(folder: string) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Makes the names below a folder, and its own, durable. */
export async function syncFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await syncFolders(join(folder, entry.name));
  await syncFolder(nodeFileSystem, folder);
}

/** The SHA-256 of a file. */
export async function sumOf(path: string): Promise<{ readonly size: number; readonly sha256: string }> {
  const file = await open(path, 'r');
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of file.createReadStream()) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).byteLength;
  }
  return { size, sha256: hash.digest('hex') };
}
