import type { Digest } from '../../domain/content.ts';
import type { FileEntry } from '../../domain/operations.ts';
import { findEntry } from './find.ts';
import { type FileNode, readFolder } from './folder.ts';
import type { WorkspaceBlobs } from './known-folders.ts';

/** A file of a tree. */
export interface ListedFile extends FileEntry {
  readonly executable?: true;
}

/**
 * Every file of a tree at or below `prefix` (`''`: the root), sorted by path in UTF-16 code units. A prefix that leads
 * nowhere gives none: there are no empty folders.
 */
export async function listFiles(
  blobs: WorkspaceBlobs,
  root: Digest | null,
  prefix = '',
): Promise<readonly ListedFile[]> {
  const files: ListedFile[] = [];
  const start = prefix === '' ? undefined : await findEntry(blobs, root, prefix);
  if (start?.type === 'file') return [listed(prefix, start)];
  if (prefix !== '' && start === undefined) return [];
  await collect(blobs, { digest: start?.digest ?? root, path: prefix }, files);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Folders side by side are read side by side: a listing takes as long as the tree is deep, not as it is wide. */
async function collect(
  blobs: WorkspaceBlobs,
  folder: { digest: Digest | null; path: string },
  files: ListedFile[],
): Promise<void> {
  const below: Promise<void>[] = [];
  for (const [name, entry] of await readFolder(blobs, folder.digest)) {
    const path = folder.path === '' ? name : `${folder.path}/${name}`;
    if (entry.type === 'file') files.push(listed(path, entry));
    else below.push(collect(blobs, { digest: entry.digest, path }, files));
  }
  await Promise.all(below);
}

function listed(path: string, { digest, size, executable }: FileNode): ListedFile {
  return executable === true ? { path, digest, size, executable } : { path, digest, size };
}
