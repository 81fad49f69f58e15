import { sha256 } from '../../domain/canonical.ts';
import type { Digest } from '../../domain/content.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import { applyChanges } from './apply-changes.ts';
import { findFile } from './find.ts';
import { missing } from './folder.ts';
import type { WorkspaceBlobs } from './known-folders.ts';

/** The bytes of a file. Throws `file.not-found` or `file.conflict`, and `limit.exceeded` when it has more than `most`. */
export async function readFile(
  blobs: WorkspaceBlobs,
  root: Digest | null,
  path: string,
  most = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const { digest, size } = await findFile(blobs, root, path);
  if (size > most) {
    throw new TandemError('limit.exceeded', {
      message: `${path} has ${size} bytes; at most ${most} can be read at once, a command can read more`,
      details: { path, size, limit: most },
    });
  }
  const bytes = await blobs.get(digest);
  if (bytes === undefined) throw missing(digest);
  return bytes;
}

/** A tree after a file was written, with the file's digest. */
export interface Written {
  readonly root: Digest;
  readonly digest: Digest;
}

/**
 * Writes a file, with the folders it needs; one that is there is replaced and stays executable if it was. Durable when
 * it resolves. Throws `file.conflict`.
 */
export async function writeFile(
  blobs: WorkspaceBlobs,
  root: Digest | null,
  { path, bytes }: WorkspaceFile,
): Promise<Written> {
  const digest = sha256(bytes);
  // All blobs are stored side by side: nothing counts before the root is known.
  const [changed] = await Promise.all([
    applyChanges(blobs, root, [{ path, digest, size: bytes.byteLength }]),
    blobs.put(bytes),
  ]);
  return { root: changed as Digest, digest };
}

/** Removes a file, and the folders that become empty. Throws `file.not-found` or `file.conflict`. */
export async function deleteFile(
  blobs: WorkspaceBlobs,
  root: Digest | null,
  path: string,
): Promise<Digest | null> {
  await findFile(blobs, root, path);
  return applyChanges(blobs, root, [{ path, deleted: true }]);
}

/** A file by its content; `path` as `workspacePath` gives it. */
export interface WorkspaceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}
