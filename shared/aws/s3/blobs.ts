import type { S3Client } from '@aws-sdk/client-s3';
import { sha256 } from '../../domain/canonical.ts';
import type { BlobRef, Digest } from '../../domain/content.ts';
import { MeasuredBytes } from '../../domain/measured-bytes.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Blobs, TenantBlobs } from '../../ports/blobs.ts';
import type { Clock } from '../../ports/clock.ts';
import { failureOf } from '../sdk/service-error.ts';
import { Bucket, type StoredObject } from './bucket.ts';
import { FreshBlobs, freshMs, keptMs } from './freshness.ts';
import { blobKey, prefixes } from './keys.ts';
import { signedBlobUrl } from './signed-url.ts';
import { renewObject, uploadStream } from './upload.ts';

export interface S3BlobsOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly clock: Clock;
  /** How the keys of all begin; `passing` are removed by a rule of the bucket after a day. */
  readonly prefix?: string;
  /** Signs addresses; the same client unless others reach the store elsewhere. */
  readonly signing?: S3Client;
  /** Milliseconds; for tests only. */
  readonly ages?: { readonly fresh: number; readonly kept: number };
}

/** Larger bytes are not sent before it is known whether they are there already. */
const largeBytes = 1_000_000;

/** Conditional writes that meet somebody else's are done again; more often than this in a row they never are. */
const mostTries = 5;

/**
 * Content-addressed objects in one bucket: `<prefix><tenant>/<digest>`, durable once S3 has answered. Any number of processes
 * may store and remove at the same time: what was stored less than a day ago is removed by nobody, and what is older is
 * stored anew by whoever stores it or asks for its size (`docs/design/aws-services.md`).
 */
export class S3Blobs implements Blobs {
  readonly #bucket: Bucket;
  readonly #signing: S3Client;
  readonly #clock: Clock;
  readonly #prefix: string;
  readonly #fresh: FreshBlobs;
  readonly #ages: { readonly fresh: number; readonly kept: number };
  readonly #removals = new Map<string, Promise<unknown>>();

  constructor({ client, bucket, clock, signing = client, prefix = prefixes.blobs, ages }: S3BlobsOptions) {
    this.#bucket = new Bucket(client, bucket);
    this.#signing = signing;
    this.#clock = clock;
    this.#prefix = prefix;
    this.#ages = ages ?? { fresh: freshMs, kept: keptMs };
    this.#fresh = new FreshBlobs(() => clock.now(), this.#ages.fresh);
  }

  forTenant(tenant: string): TenantBlobs {
    const keyOf = (digest: Digest) => blobKey(tenant, digest, this.#prefix);
    return {
      put: (bytes) => this.#put(tenant, bytes),
      receive: async (digest, bytes) => this.#receive(keyOf(digest), digest, bytes),
      get: async (digest) => this.#get(keyOf(digest), digest),
      size: async (digest) => this.#size(keyOf(digest)),
      remove: async (digest, isWanted) => this.#remove(keyOf(digest), isWanted),
      signedUrl: async (digest, options) =>
        signedBlobUrl(this.#signing, { bucket: this.#bucket.name, key: keyOf(digest), digest }, options),
    };
  }

  async #put(tenant: string, given: Uint8Array): Promise<BlobRef> {
    const digest = sha256(given);
    const key = blobKey(tenant, digest, this.#prefix);
    const stored = { blob: digest, size: given.byteLength };
    if (this.#fresh.has(key)) return stored;
    // The caller may change its bytes while ours are on their way, or are sent again.
    const bytes = Uint8Array.from(given);
    const object = { key, bytes, sha256: Buffer.from(digest, 'hex').toString('base64') };
    await this.#removals.get(key);
    let maybeThere = bytes.byteLength > largeBytes;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const found = maybeThere ? await this.#bucket.head(key) : undefined;
      if (found && this.#isFresh(found)) return this.#remembered(key, found.storedAt, stored);
      if ((await this.#bucket.put(object, found ? 'anew' : 'unless there')) === 'stored')
        return this.#remembered(key, this.#clock.now(), stored);
      maybeThere = true;
    }
    throw new TandemError('cloud.unavailable', { message: `Others keep writing and removing ${key}.` });
  }

  /** What is there already is read to its end all the same: it may not be what it is said to be. */
  async #receive(key: string, digest: Digest, bytes: AsyncIterable<Uint8Array>): Promise<BlobRef> {
    const measured = new MeasuredBytes(bytes);
    await this.#removals.get(key);
    const found = await this.#bucket.head(key);
    if (found && this.#isFresh(found)) {
      for await (const _ of measured);
      measured.assertAre(digest);
      return this.#remembered(key, found.storedAt, { blob: digest, size: measured.size });
    }
    await uploadStream(this.#bucket, key, checked(measured, digest)).catch((error: unknown) => {
      throw this.#bucket.failure(error);
    });
    return this.#remembered(key, this.#clock.now(), { blob: digest, size: measured.size });
  }

  async #get(key: string, digest: Digest): Promise<Uint8Array | undefined> {
    const bytes = await this.#bucket.get(key);
    if (bytes && sha256(bytes) !== digest) {
      throw new TandemError('data.damaged', {
        message: `${key} in ${this.#bucket.name} no longer holds what its name says.`,
        details: { digest },
      });
    }
    return bytes;
  }

  /** Whoever asks may rely on the blob from now on, so that an old one is stored anew, if this process may do that. */
  async #size(key: string): Promise<number | undefined> {
    await this.#removals.get(key);
    const found = await this.#bucket.head(key);
    if (found === undefined) this.#fresh.delete(key);
    else if (this.#isFresh(found)) this.#fresh.add(key, found.storedAt);
    else await this.#renew(key, found);
    return found?.size;
  }

  /** There is nothing to copy in an empty object. */
  async #renew(key: string, { size }: StoredObject): Promise<void> {
    try {
      if (size > 0) await renewObject(this.#bucket, key);
      else await this.#bucket.put({ key, bytes: new Uint8Array(), sha256: emptySha256 }, 'anew');
    } catch (error) {
      if (failureOf(error) !== 'denied') throw this.#bucket.failure(error);
    }
  }

  async #remove(key: string, isWanted: () => boolean): Promise<boolean> {
    const before = this.#removals.get(key);
    const removal = (async () => {
      await before;
      return this.#removeVersions(key, isWanted);
    })();
    const over = removal.catch(() => undefined);
    this.#removals.set(key, over);
    try {
      return await removal;
    } finally {
      if (this.#removals.get(key) === over) this.#removals.delete(key);
    }
  }

  /** One version after the other, as each uncovers the one before it: who stores the bytes anew meanwhile makes another. */
  async #removeVersions(key: string, isWanted: () => boolean): Promise<boolean> {
    for (let found = await this.#bucket.head(key); found; found = await this.#bucket.head(key)) {
      if (this.#clock.now() - found.storedAt < this.#ages.kept || isWanted()) return false;
      this.#fresh.delete(key);
      await this.#bucket.delete(key, found.version);
    }
    return true;
  }

  #isFresh({ storedAt }: StoredObject): boolean {
    return this.#clock.now() - storedAt < this.#ages.fresh;
  }

  #remembered(key: string, storedAt: number, stored: BlobRef): BlobRef {
    this.#fresh.add(key, storedAt);
    return stored;
  }
}

const emptySha256 = Buffer.from(sha256(new Uint8Array()), 'hex').toString('base64');

/** Ends in `upload.mismatch`, so that whatever stores them stores nothing, unless they are those of the digest. */
async function* checked(measured: MeasuredBytes, digest: Digest): AsyncGenerator<Uint8Array> {
  yield* measured;
  measured.assertAre(digest);
}
