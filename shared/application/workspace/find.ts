import type { Digest } from '../../domain/content.ts';
import { type Entry, type FileNode, readFolder } from './folder.ts';
import type { WorkspaceBlobs } from './known-folders.ts';
import { folderInTheWay, noSuchFile } from './workspace-errors.ts';

/** The entry at a path, or `undefined`; a path below a file leads nowhere. */
export async function findEntry(
  blobs: WorkspaceBlobs,
  root: Digest | null,
  path: string,
): Promise<Entry | undefined> {
  let folder = root;
  const segments = path.split('/');
  const name = segments.pop() as string;
  for (const segment of segments) {
    const entry = (await readFolder(blobs, folder)).get(segment);
    if (entry?.type !== 'tree') return undefined;
    folder = entry.digest;
  }
  return (await readFolder(blobs, folder)).get(name);
}

/** The file at a path. Throws `file.not-found`, or `file.conflict` where a folder is. */
export async function findFile(blobs: WorkspaceBlobs, root: Digest | null, path: string): Promise<FileNode> {
  const entry = await findEntry(blobs, root, path);
  if (entry === undefined) throw noSuchFile(path);
  if (entry.type === 'tree') throw folderInTheWay(path);
  return entry;
}
