import { createHash } from 'node:crypto';
import { TandemError } from '../errors/tandem-error.ts';
import type { Digest } from './content.ts';

/** Bytes on their way, passed on as they come: counted and hashed meanwhile. */
export class MeasuredBytes {
  readonly #bytes: AsyncIterable<Uint8Array>;
  readonly #hash = createHash('sha256');
  /** How many have come so far. */
  size = 0;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#bytes = bytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#bytes) {
      this.size += chunk.byteLength;
      this.#hash.update(chunk);
      yield chunk;
    }
  }

  /** Once all have come: throws `upload.mismatch` unless they are those of the digest. */
  assertAre(digest: Digest): void {
    if (this.#hash.digest('hex') !== digest)
      throw new TandemError('upload.mismatch', { details: { sha256: digest } });
  }
}
