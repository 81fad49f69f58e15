import type { Digest } from '../../domain/content.ts';
import { type Item, text } from './items.ts';
import { partitions, sorted } from './keys.ts';

/** The partition of the index `all` that names blobs which perhaps nothing names any more. */
export const unnamed = 'unnamed';

/** A blob that perhaps nothing names any more. */
export function unnamedItem(tenant: string, digest: Digest): Item {
  return {
    pk: text(partitions.unnamed(tenant)),
    sk: text(digest),
    byAll: text(unnamed),
    order: text(sorted(tenant, digest)),
  };
}
