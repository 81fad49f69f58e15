import { LRUCache } from 'lru-cache';
import type { Digest } from '../../domain/content.ts';
import type { Blobs, TenantBlobs } from '../../ports/blobs.ts';
import type { Folder } from './folder.ts';

/** The folders of one tenant that this process has read or written lately; named by their content, they stay true. */
export interface KnownFolders {
  get(digest: Digest): Folder | undefined;
  /** To be told of folders that are stored durably only. */
  set(digest: Digest, folder: Folder): void;
}

/** The blobs that a workspace is made of, whoever stores them; folders that are known are not read again. */
export type WorkspaceBlobs = TenantBlobs & { readonly folders?: KnownFolders };

/** Entries of folders kept in memory, of all tenants together: about 10 MB. */
const knownEntries = 50_000;

/** Blobs that remember the folders among them, already parsed: most operations are on files beside the last one. */
export class BlobsWithKnownFolders implements Blobs {
  readonly #blobs: Blobs;
  readonly #known = new LRUCache<string, Folder>({
    maxSize: knownEntries,
    sizeCalculation: (folder) => folder.size + 1,
  });

  constructor(blobs: Blobs) {
    this.#blobs = blobs;
  }

  forTenant(tenant: string): WorkspaceBlobs {
    const blobs = this.#blobs.forTenant(tenant);
    const known = this.#known;
    return {
      put: (bytes) => blobs.put(bytes),
      receive: (digest, bytes) => blobs.receive(digest, bytes),
      get: (digest) => blobs.get(digest),
      size: (digest) => blobs.size(digest),
      remove: (digest, isWanted) => blobs.remove(digest, isWanted),
      signedUrl: (digest, options) => blobs.signedUrl(digest, options),
      folders: {
        get: (digest) => known.get(`${digest} ${tenant}`),
        set: (digest, folder) => void known.set(`${digest} ${tenant}`, folder),
      },
    };
  }
}
