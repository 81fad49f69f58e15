import type { StatementSync } from 'node:sqlite';
import { sha256 } from '../domain/canonical.ts';
import type { BlobRef, Digest } from '../domain/content.ts';
import { MeasuredBytes } from '../domain/measured-bytes.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { Blobs, TenantBlobs } from '../ports/blobs.ts';
import type { SqliteStore } from './store.ts';

export interface SqliteBlobsOptions {
  /** Keeps what is larger than `limit`, and makes the addresses of all: they don't say where a blob lies. */
  readonly larger: Blobs;
  /**
   * Largest blob kept here, in bytes. Up to the default a commit takes hardly longer than an empty one; above it, being
   * written twice (WAL, database) while nothing else happens would be felt by everybody.
   */
  readonly limit?: number;
}

const defaultLimit = 64 * 1024;

const digestPattern = /^[0-9a-f]{64}$/;

/** What narrows a search to the one row, hardly ever two, that the index finds by the start of the digest. */
const named = 'substr(digest, 1, 8) = substr(?2, 1, 8) AND digest = ?2 AND tenant = ?1';

/**
 * Small blobs as rows of `log.db`, in front of another store for larger ones: the blobs of all operations that are
 * underway share one sync of the disk, where a file needs two for each.
 */
export class SqliteBlobs implements Blobs {
  readonly #store: SqliteStore;
  readonly #larger: Blobs;
  readonly #limit: number;
  readonly #insert: StatementSync;
  readonly #bytes: StatementSync;
  readonly #size: StatementSync;
  readonly #delete: StatementSync;

  constructor(store: SqliteStore, { larger, limit = defaultLimit }: SqliteBlobsOptions) {
    const { database } = store;
    this.#store = store;
    this.#larger = larger;
    this.#limit = limit;
    this.#insert = database.prepare(`
      INSERT INTO blobs (tenant, digest, bytes)
      SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM blobs WHERE ${named})`);
    this.#delete = database.prepare(`DELETE FROM blobs WHERE ${named}`);
    this.#bytes = database.prepare(`SELECT bytes FROM blobs WHERE ${named}`);
    this.#size = database.prepare(`SELECT length(bytes) AS size FROM blobs WHERE ${named}`);
  }

  forTenant(tenant: string): TenantBlobs {
    const larger = this.#larger.forTenant(tenant);
    return {
      put: (bytes) => (bytes.byteLength > this.#limit ? larger.put(bytes) : this.#put(tenant, bytes)),
      receive: (digest, bytes) => this.#receive(tenant, digest, bytes),
      get: async (digest) => (await this.#get(tenant, digest)) ?? larger.get(digest),
      size: async (digest) => (await this.#sizeOf(tenant, digest)) ?? larger.size(digest),
      remove: async (digest, isWanted) => {
        const removed = await this.#remove(tenant, digest, isWanted);
        return removed && larger.remove(digest, isWanted);
      },
      signedUrl: (digest, options) => larger.signedUrl(digest, options),
    };
  }

  /** Of a blob that is there already the commit is empty, which syncs nothing. */
  async #put(tenant: string, bytes: Uint8Array): Promise<BlobRef> {
    const blob = sha256(bytes);
    await this.#store.commits.run(() => {
      this.#insert.run(tenant, Buffer.from(blob, 'hex'), bytes);
    });
    return { blob, size: bytes.byteLength };
  }

  /** Gathers until there are too many for a row; then everything goes on to the other store. */
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

  /** In the order of commits: whoever has begun to put it has been heard by then, and whoever comes later finds nothing. */
  async #remove(tenant: string, digest: Digest, isWanted: () => boolean): Promise<boolean> {
    if (!digestPattern.test(digest)) return true;
    return this.#store.commits.run(() => {
      if (isWanted()) return false;
      this.#delete.run(tenant, Buffer.from(digest, 'hex'));
      return true;
    });
  }

  async #get(tenant: string, digest: Digest): Promise<Uint8Array | undefined> {
    const row = await this.#find(this.#bytes, tenant, digest);
    if (row === undefined) return undefined;
    const bytes = row['bytes'] as Uint8Array;
    if (sha256(bytes) === digest) return bytes;
    throw new TandemError('data.damaged', {
      message: `The row of the blob ${digest} no longer holds what its name says.`,
      details: { digest },
    });
  }

  async #sizeOf(tenant: string, digest: Digest): Promise<number | undefined> {
    return (await this.#find(this.#size, tenant, digest))?.['size'] as number | undefined;
  }

  /** What is no digest is not here: the other store refuses it. */
  async #find(query: StatementSync, tenant: string, digest: Digest) {
    if (!digestPattern.test(digest)) return undefined;
    return this.#store.read(() => query.get(tenant, Buffer.from(digest, 'hex')));
  }
}

/** What has come, and what is still coming. */
async function* rejoined(
  chunks: readonly Uint8Array[],
  coming: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* chunks;
  yield* coming;
}
