import type { Digest } from '../../domain/content.ts';
import type { FileEncoding } from '../../domain/operations.ts';
import { workspacePath } from '../../domain/workspace-path.ts';
import { uploadedBlob } from '../uploads/uploaded.ts';
import { applyChanges } from './apply-changes.ts';
import { decodeContent } from './encoding.ts';
import type { WorkspaceBlobs } from './known-folders.ts';

/** A file as a client gives it. */
export interface GivenFile {
  readonly path: string;
  readonly content?: string;
  /** Of `content`; default `utf-8`. */
  readonly encoding?: FileEncoding;
  /** An upload that holds its bytes, instead of `content`. */
  readonly upload?: Digest;
}

/**
 * A new tree of files, in one pass; `null` when there are none. Throws `operation.invalid` for a bad path or bad
 * content, `limit.exceeded` for a file that is too large, `resource.not-found` for an upload that is not there, `file.conflict` when a path leads through another file.
 */
export async function treeFromFiles(
  blobs: WorkspaceBlobs,
  files: readonly GivenFile[],
): Promise<Digest | null> {
  const changes = await Promise.all(files.map((file) => store(blobs, file)));
  return applyChanges(blobs, null, changes);
}

async function store(blobs: WorkspaceBlobs, { path, content = '', encoding = 'utf-8', upload }: GivenFile) {
  const { blob, size } =
    upload === undefined
      ? await blobs.put(decodeContent(content, encoding))
      : await uploadedBlob(blobs, upload);
  return { path: workspacePath(path), digest: blob, size };
}
