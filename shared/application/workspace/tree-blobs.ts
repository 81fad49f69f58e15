import type { Digest } from '../../domain/content.ts';
import { readFolder } from './folder.ts';
import type { WorkspaceBlobs } from './known-folders.ts';

/** A blob of a workspace: a folder's, or a file's with its size in bytes. */
export type TreeBlob =
  | { readonly type: 'tree'; readonly digest: Digest }
  | { readonly type: 'file'; readonly digest: Digest; readonly size: number };

/**
 * Every blob of a tree: a folder comes before what it holds, and after its own blob was asked for. `isNew` is told each
 * folder and says whether to go into it: trees of one run share most of theirs. Throws `data.damaged` where a folder is
 * missing or is none.
 */
export async function* treeBlobs(
  blobs: Pick<WorkspaceBlobs, 'get' | 'folders'>,
  root: Digest,
  isNew: (folder: Digest) => boolean,
): AsyncGenerator<TreeBlob> {
  const open: Digest[] = [root];
  for (let digest = open.pop(); digest !== undefined; digest = open.pop()) {
    if (!isNew(digest)) continue;
    yield { type: 'tree', digest };
    const below: Digest[] = [];
    for (const entry of (await readFolder(blobs as WorkspaceBlobs, digest)).values()) {
      if (entry.type === 'tree') below.push(entry.digest);
      else yield { type: 'file', digest: entry.digest, size: entry.size };
    }
    open.push(...below.reverse());
  }
}
