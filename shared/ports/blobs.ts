import type { BlobRef, Digest } from '../domain/content.ts';

export interface SignedUrlOptions {
  readonly method: 'GET' | 'PUT';
  /** Seconds until the address is refused. */
  readonly expiresIn: number;
  /** For PUT: how many bytes it takes, exactly; absent: however many the digest stands for. */
  readonly size?: number;
  /** For GET: how the answer is labelled. */
  readonly mediaType?: string;
  readonly filename?: string;
}

/** Content-addressed bytes of one tenant. */
export interface TenantBlobs {
  /** Durable when it resolves (rule 4); storing the same bytes again is cheap. Throws `data.full`. */
  put(bytes: Uint8Array): Promise<BlobRef>;
  /**
   * As `put`, of bytes as they come, however many: they are not gathered in memory. Throws `upload.mismatch`, keeping
   * nothing, unless they are those of the digest; passes on what they throw themselves.
   */
  receive(digest: Digest, bytes: AsyncIterable<Uint8Array>): Promise<BlobRef>;
  /** The bytes, or `undefined`; throws `data.damaged` when they no longer match the digest. */
  get(digest: Digest): Promise<Uint8Array | undefined>;
  /** Size in bytes, or `undefined` if absent. */
  size(digest: Digest): Promise<number | undefined>;
  /**
   * Removes the bytes, unless `isWanted` says at the last moment that they are wanted: a `put` that begins after that stores
   * them anew. Answers whether they are gone. Where several processes store blobs, which `isWanted` does not know of, those
   * that somebody has stored lately, or asked the size of, are not removed either.
   */
  remove(digest: Digest, isWanted: () => boolean): Promise<boolean>;
  /**
   * An address that allows one method on one blob for a while, with no other credential. Whoever sends bytes to it says in a
   * header which they are (`checksumHeader`), since some stores can tell in no other way.
   */
  signedUrl(digest: Digest, options: SignedUrlOptions): Promise<string>;
}

export interface Blobs {
  forTenant(tenant: string): TenantBlobs;
}
