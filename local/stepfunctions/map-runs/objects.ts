/** Objects in buckets: what item readers read and result writers write. Rejects with `ObjectFailure`. */
export interface Objects {
  get(bucket: string, key: string): Promise<Buffer>;
  /** By key. */
  list(bucket: string, prefix: string | undefined): AsyncIterable<ListedObject>;
  put(bucket: string, key: string, body: Buffer): Promise<void>;
}

export interface ListedObject {
  readonly key: string;
  readonly etag: string;
  readonly size: number;
  /** Seconds since the epoch. */
  readonly lastModified: number;
  readonly storageClass: string;
}

/** An object could not be read or written; the message says why. */
export class ObjectFailure extends Error {
  override readonly name = 'ObjectFailure';
}

/** Where no object store is configured. */
export const noObjects: Objects = {
  get: () => Promise.reject(unconfigured()),
  list() {
    throw unconfigured();
  },
  put: () => Promise.reject(unconfigured()),
};

const unconfigured = (): ObjectFailure =>
  new ObjectFailure('No object store is configured: set AWS_ENDPOINT_URL_S3, or mock the objects.');
