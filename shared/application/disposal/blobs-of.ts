import type { Digest } from '../../domain/content.ts';
import type { RunEvent } from '../../domain/events.ts';
import { namedBlobs } from '../../domain/named-blobs.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import type { TenantBlobs } from '../../ports/blobs.ts';
import { treeBlobs } from '../workspace/tree-blobs.ts';

/**
 * Every blob that an event names, and what is in the folders among them. `isNew` is told each folder and says whether to go
 * into it. A folder that is missing ends its tree: there is nothing more to find.
 */
export async function* blobsOf(
  blobs: Pick<TenantBlobs, 'get'>,
  event: RunEvent,
  isNew: (folder: Digest) => boolean,
): AsyncGenerator<Digest> {
  const { contents, trees } = namedBlobs(event);
  for (const { blob } of contents) yield blob;
  for (const root of trees) {
    yield root;
    try {
      for await (const { digest } of treeBlobs(blobs, root, isNew)) yield digest;
    } catch (error) {
      if (!isTandemError(error, 'data.damaged')) throw error;
    }
  }
}
