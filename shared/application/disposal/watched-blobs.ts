import { sha256 } from '../../domain/canonical.ts';
import type { Digest } from '../../domain/content.ts';
import type { Blobs, TenantBlobs } from '../../ports/blobs.ts';

/**
 * Blobs of which can be told what somebody has stored, or has relied on being stored, since a watch began. A blob that is
 * there already is not written again, and the event that names it comes later: a sweep must not remove it in between.
 */
export class WatchedBlobs implements Blobs {
  readonly #blobs: Blobs;
  readonly #watches = new Map<string, BlobWatch>();

  constructor(blobs: Blobs) {
    this.#blobs = blobs;
  }

  forTenant(tenant: string): TenantBlobs {
    const blobs = this.#blobs.forTenant(tenant);
    const touch = (digest: Digest): void => this.#watches.get(tenant)?.touch(digest);
    return {
      ...blobs,
      put: (bytes) => {
        const watch = this.#watches.get(tenant);
        // Before it is stored: whoever removes it asks at the last moment.
        watch?.touch(sha256(bytes));
        return blobs.put(bytes);
      },
      receive: (digest, bytes) => {
        // By an address that may have been signed before the watch began.
        touch(digest);
        return blobs.receive(digest, bytes);
      },
      size: (digest) => {
        touch(digest);
        return blobs.size(digest);
      },
      signedUrl: (digest, options) => {
        if (options.method === 'PUT') touch(digest);
        return blobs.signedUrl(digest, options);
      },
    };
  }

  /** Watches some blobs of a tenant; a watch that was there before ends. */
  watch(tenant: string, digests: readonly Digest[]): BlobWatch {
    const watch = new BlobWatch(digests, () => {
      if (this.#watches.get(tenant) === watch) this.#watches.delete(tenant);
    });
    this.#watches.set(tenant, watch);
    return watch;
  }
}

/** What is told of some blobs. */
export class BlobWatch {
  readonly #watched: Set<Digest>;
  readonly #touched = new Set<Digest>();
  readonly #stop: () => void;

  constructor(digests: readonly Digest[], stop: () => void) {
    this.#watched = new Set(digests);
    this.#stop = stop;
  }

  touch(digest: Digest): void {
    if (this.#watched.has(digest)) this.#touched.add(digest);
  }

  isTouched(digest: Digest): boolean {
    return this.#touched.has(digest);
  }

  [Symbol.dispose](): void {
    this.#stop();
  }
}
