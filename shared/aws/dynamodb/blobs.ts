import { sha256 } from '../../domain/canonical.ts';
import type { BlobRef, Digest } from '../../domain/content.ts';
import { MeasuredBytes } from '../../domain/measured-bytes.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Blobs, SignedUrlOptions, TenantBlobs } from '../../ports/blobs.ts';
import { FreshBlobs, freshMs, keptMs } from '../s3/freshness.ts';
import { bytes as binary, type ItemKey, number, numberOf, text } from './items.ts';
import { joined } from './keys.ts';
import type { DynamoStore } from './store.ts';
import { present, put, remove, update } from './writes.ts';

export interface DynamoBlobsOptions {
  /** Keeps what is larger than `limit`, and makes the addresses of all. */
  readonly larger: Blobs;
  /** Largest blob kept here, in bytes. */
  readonly limit?: number;
  /** Milliseconds; for tests only. */
  readonly ages?: { readonly fresh: number; readonly kept: number };
}

/**
 * Up to here an item is written for less than S3 takes for an object: $0.625 a million KiB against $5 a million objects
 * (eight KiB), with half of it left for the copy that an address needs.
 */
export const smallBlobBytes = 4_000;

const digestPattern = /^[0-9a-f]{64}$/;

const sk = 'blob';

/**
 * Small blobs as items of the table of logs, in front of another store for larger ones: most files of a workspace, and
 * all of its folders, are small. Removal follows the same ages as in S3 (`docs/design/aws-services.md`).
 */
export class DynamoBlobs implements Blobs {
  readonly #store: DynamoStore;
  readonly #larger: Blobs;
  readonly #limit: number;
  readonly #ages: { readonly fresh: number; readonly kept: number };
  readonly #fresh: FreshBlobs;

  constructor(store: DynamoStore, { larger, limit = smallBlobBytes, ages }: DynamoBlobsOptions) {
    this.#store = store;
    this.#larger = larger;
    this.#limit = limit;
    this.#ages = ages ?? { fresh: freshMs, kept: keptMs };
    this.#fresh = new FreshBlobs(() => store.now(), this.#ages.fresh);
  }

  forTenant(tenant: string): TenantBlobs {
    const larger = this.#larger.forTenant(tenant);
    return {
      put: (bytes) => (bytes.byteLength > this.#limit ? larger.put(bytes) : this.#put(tenant, bytes)),
      receive: (digest, bytes) => this.#receive(tenant, digest, bytes),
      get: async (digest) => (await this.#get(tenant, digest)) ?? larger.get(digest),
      size: async (digest) => (await this.#size(tenant, digest)) ?? larger.size(digest),
      remove: async (digest, isWanted) =>
        (await this.#remove(tenant, digest, isWanted)) && larger.remove(digest, isWanted),
      signedUrl: (digest, options) => this.#signedUrl(tenant, digest, options),
    };
  }

  /** What was stored lately stands for the same bytes, whoever has stored it. */
  async #put(tenant: string, bytes: Uint8Array): Promise<BlobRef> {
    const digest = sha256(bytes);
    const key = keyOf(tenant, digest);
    const stored = { blob: digest, size: bytes.byteLength };
    if (this.#fresh.has(key.pk)) return stored;
    const at = this.#store.now();
    const item = {
      pk: text(key.pk),
      sk: text(sk),
      bytes: binary(Uint8Array.from(bytes)),
      storedAt: number(at),
    };
    await this.#store.write(put(this.#store.log, item));
    this.#fresh.add(key.pk, at);
    return stored;
  }

  /** Gathers until there are too many for an item; then everything goes on to the other store. */
  async #receive(tenant: string, digest: Digest, bytes: AsyncIterable<Uint8Array>): Promise<BlobRef> {
    const measured = new MeasuredBytes(bytes);
    const coming = measured[Symbol.asyncIterator]();
    const chunks: Uint8Array[] = [];
    while (measured.size <= this.#limit) {
      const { done, value } = await coming.next();
      if (done) {
        measured.assertAre(digest);
        return this.#put(tenant, Buffer.concat(chunks));
      }
      chunks.push(value);
    }
    return this.#larger.forTenant(tenant).receive(digest, rejoined(chunks, coming));
  }

  async #get(tenant: string, digest: Digest): Promise<Uint8Array | undefined> {
    const bytes = (await this.#item(tenant, digest))?.bytes;
    if (bytes === undefined || sha256(bytes) === digest) return bytes;
    throw new TandemError('data.damaged', {
      message: `The item of the blob ${digest} no longer holds what its name says.`,
      details: { digest },
    });
  }

  /** Whoever asks may rely on the blob from now on: one that is old counts as stored anew. */
  async #size(tenant: string, digest: Digest): Promise<number | undefined> {
    const key = keyOf(tenant, digest);
    const found = await this.#item(tenant, digest);
    const now = this.#store.now();
    if (!found) this.#fresh.delete(key.pk);
    else if (now - found.storedAt < this.#ages.fresh) this.#fresh.add(key.pk, found.storedAt);
    else if (!(await this.#renew(key, now))) return undefined;
    return found?.bytes.byteLength;
  }

  /** Whether it is still there. */
  #renew(key: ItemKey, now: number): Promise<boolean> {
    return this.#store.write(update(this.#store.log, key, { set: { storedAt: number(now) } }, present));
  }

  /** Only while it is as old as it was found: whoever has stored it again since then keeps it. */
  async #remove(tenant: string, digest: Digest, isWanted: () => boolean): Promise<boolean> {
    const key = keyOf(tenant, digest);
    const found = await this.#item(tenant, digest);
    if (!found) return !isWanted();
    if (this.#store.now() - found.storedAt < this.#ages.kept || isWanted()) return false;
    this.#fresh.delete(key.pk);
    const isAsOld = {
      that: '#storedAt = :storedAt',
      names: ['storedAt'],
      values: { storedAt: number(found.storedAt) },
    };
    return this.#store.write(remove(this.#store.log, key, isAsOld));
  }

  /** An address leads to an object: what is only an item here gets a copy. */
  async #signedUrl(tenant: string, digest: Digest, options: SignedUrlOptions): Promise<string> {
    const larger = this.#larger.forTenant(tenant);
    const bytes = options.method === 'GET' ? await this.#get(tenant, digest) : undefined;
    if (bytes) await larger.put(bytes);
    return larger.signedUrl(digest, options);
  }

  /** What is no digest is not here: the other store refuses it. */
  async #item(tenant: string, digest: Digest) {
    if (!digestPattern.test(digest)) return undefined;
    const item = await this.#store.get(this.#store.log, keyOf(tenant, digest));
    return item && { bytes: item['bytes']?.B ?? new Uint8Array(), storedAt: numberOf(item, 'storedAt') };
  }
}

const keyOf = (tenant: string, digest: Digest): Required<ItemKey> => ({
  pk: joined('blob', tenant, digest),
  sk,
});

/** What has come, and what is still coming. */
async function* rejoined(
  chunks: readonly Uint8Array[],
  coming: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* chunks;
  yield* coming;
}
