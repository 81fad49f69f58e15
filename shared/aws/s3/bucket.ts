import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { serviceError } from '../sdk/service-error.ts';

/** What is known of an object without its bytes. */
export interface StoredObject {
  readonly size: number;
  /** Milliseconds since the epoch, to the second. */
  readonly storedAt: number;
  /** In a bucket with versioning: of what is there now. */
  readonly version?: string;
}

/** Bytes that are to be stored, with the SHA-256 (base64) that the store compares them with. */
export interface NewObject {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** The refusals of a conditional write: it is there, or somebody else is writing or removing it. */
const taken = new Set(['PreconditionFailed', 'ConditionalRequestConflict']);

/** One bucket, in the words of its blobs; throws `cloud.denied`, `cloud.absent` and `cloud.unavailable`. */
export class Bucket {
  readonly client: S3Client;
  readonly name: string;

  constructor(client: S3Client, name: string) {
    this.client = client;
    this.name = name;
  }

  async head(key: string): Promise<StoredObject | undefined> {
    const asked = new HeadObjectCommand({ Bucket: this.name, Key: key });
    const found = await this.#orAbsent(() => this.client.send(asked));
    if (found === undefined) return undefined;
    const { ContentLength: size = 0, LastModified, VersionId: version } = found;
    const storedAt = LastModified?.getTime() ?? 0;
    return { size, storedAt, ...(version === undefined || version === 'null' ? {} : { version }) };
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const asked = new GetObjectCommand({ Bucket: this.name, Key: key });
    // Also what breaks off while the bytes come is a failure of the call.
    return this.#orAbsent(async () => (await this.client.send(asked)).Body?.transformToByteArray());
  }

  /** Unless it is there already, or `anew`: then whatever is there. */
  async put({ key, bytes, sha256 }: NewObject, how: 'unless there' | 'anew'): Promise<'stored' | 'there'> {
    const condition = how === 'anew' ? {} : { IfNoneMatch: '*' };
    const object = { Bucket: this.name, Key: key, Body: bytes, ChecksumSHA256: sha256, ...condition };
    try {
      await this.client.send(new PutObjectCommand(object));
      return 'stored';
    } catch (error) {
      if (error instanceof Error && taken.has(error.name)) return 'there';
      throw this.failure(error);
    }
  }

  /** For good, and nothing but this version of it; without a version, whatever is there. */
  async delete(key: string, version: string | undefined): Promise<void> {
    const versioned = version === undefined ? {} : { VersionId: version };
    try {
      await this.client.send(new DeleteObjectCommand({ Bucket: this.name, Key: key, ...versioned }));
    } catch (error) {
      throw this.failure(error);
    }
  }

  failure(error: unknown): unknown {
    return serviceError(error, `the bucket ${this.name}`);
  }

  /** A HEAD that finds nothing has no body that would say what is missing: the object is. */
  async #orAbsent<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound'))
        return undefined;
      throw this.failure(error);
    }
  }
}
