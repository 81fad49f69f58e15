import type { Digest } from '../../domain/content.ts';
import type { FileEncoding } from '../../domain/operations.ts';
import { workspacePath } from '../../domain/workspace-path.ts';
import { applyChanges } from './apply-changes.ts';
import { decodeContent } from './encoding.ts';
import type { WorkspaceBlobs } from './known-folders.ts';

/** A file as a client gives it. */
export interface GivenFile {
  readonly path: string;
  readonly content: string;
  /** Of `content`; default `utf-8`. */
  readonly encoding?: FileEncoding;
}

/**
 * A new tree of files, in one pass; `null` when there are none. Throws `operation.invalid` for a bad path or bad
 * content, `limit.exceeded` for a file that is too large, `file.conflict` when a path leads through another file.
 */
export async function treeFromFiles(
  blobs: WorkspaceBlobs,
  files: readonly GivenFile[],
): Promise<Digest | null> {
  const changes = await Promise.all(files.map((file) => store(blobs, file)));
  return applyChanges(blobs, null, changes);
}

async function store(blobs: WorkspaceBlobs, { path, content, encoding = 'utf-8' }: GivenFile) {
  const { blob, size } = await blobs.put(decodeContent(content, encoding));
  return { path: workspacePath(path), digest: blob, size };
}
