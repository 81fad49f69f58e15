import { randomUUID } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ExportedRuns, Exports } from '../../ports/exports.ts';
import { Bucket } from './bucket.ts';
import { prefixes } from './keys.ts';
import { signedFileUrl } from './signed-url.ts';
import { uploadStream } from './upload.ts';

export interface S3ExportsOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** Signs addresses; the same client unless others reach the store elsewhere. */
  readonly signing?: S3Client;
  /** Makes the file; what it throws, also while the bytes come, is thrown, and no file is kept. */
  readonly exported: (runs: ExportedRuns) => Promise<{ readonly bytes: AsyncIterable<Uint8Array> }>;
}

/**
 * Exports as files in the bucket, below `exports/`, made when an address is asked for, as no function may answer with as
 * much as a run can hold. A rule of the bucket removes them after a day.
 */
export class S3Exports implements Exports {
  readonly #bucket: Bucket;
  readonly #options: S3ExportsOptions;

  constructor(options: S3ExportsOptions) {
    this.#options = options;
    this.#bucket = new Bucket(options.client, options.bucket);
  }

  async signedUrl(runs: ExportedRuns, expiresIn: number): Promise<string> {
    const { exported, signing = this.#options.client } = this.#options;
    const { bytes } = await exported(runs);
    // Each its own: a run that goes on is exported anew, and what somebody else fetches stays as it is.
    const key = `${prefixes.exports}${runs.tenant}/${randomUUID()}/${runs.run}.tar`;
    await uploadStream(this.#bucket, key, bytes).catch((error: unknown) => {
      throw this.#bucket.failure(error);
    });
    const file = { bucket: this.#bucket.name, key };
    return signedFileUrl(signing, file, {
      mediaType: 'application/x-tar',
      filename: `${runs.run}.tar`,
      expiresIn,
    });
  }
}
