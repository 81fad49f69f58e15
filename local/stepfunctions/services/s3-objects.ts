import type { S3Client } from '@aws-sdk/client-s3';
import { noObjects, ObjectFailure, type Objects } from '../map-runs/objects.ts';
import { type Endpoints, endpointOf } from './endpoints.ts';
import { guarded } from './sdk/guard.ts';

/** Objects behind the endpoint of S3; the client is loaded when it is first used. */
export function s3Objects(endpoints: Endpoints): Objects {
  const endpoint = endpointOf(endpoints, 's3');
  return endpoint === undefined ? noObjects : new S3Objects(endpoints, endpoint);
}

const load = () => import('@aws-sdk/client-s3');

class S3Objects implements Objects {
  readonly #endpoints: Endpoints;
  readonly #endpoint: string;
  #client: S3Client | undefined;

  constructor(endpoints: Endpoints, endpoint: string) {
    this.#endpoints = endpoints;
    this.#endpoint = endpoint;
  }

  async get(bucket: string, key: string): Promise<Buffer> {
    const { GetObjectCommand } = await load();
    return this.#ask(async (client) => {
      const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Buffer.from((await body?.transformToByteArray()) ?? []);
    });
  }

  async *list(bucket: string, prefix: string | undefined): ReturnType<Objects['list']> & AsyncGenerator {
    const { ListObjectsV2Command } = await load();
    let from: string | undefined;
    do {
      const asked = { Bucket: bucket, Prefix: prefix, ContinuationToken: from };
      const page = await this.#ask((client) => client.send(new ListObjectsV2Command(asked)));
      for (const { Key, ETag = '', Size = 0, LastModified, StorageClass = 'STANDARD' } of page.Contents ??
        []) {
        if (Key === undefined) continue;
        const lastModified = Math.floor((LastModified?.getTime() ?? 0) / 1_000);
        yield { key: Key, etag: ETag, size: Size, lastModified, storageClass: StorageClass };
      }
      from = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (from !== undefined);
  }

  async put(bucket: string, key: string, body: Buffer): Promise<void> {
    const { PutObjectCommand } = await load();
    await this.#ask((client) => client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body })));
  }

  async #ask<T>(ask: (client: S3Client) => Promise<T>): Promise<T> {
    this.#client ??= await this.#connect();
    try {
      return await ask(this.#client);
    } catch (error) {
      throw new ObjectFailure(explain(error));
    }
  }

  async #connect(): Promise<S3Client> {
    const { S3Client: Client } = await load();
    const { region, credentials } = this.#endpoints;
    const client = new Client({
      endpoint: this.#endpoint,
      region,
      credentials,
      disableS3ExpressSessionAuth: true,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    client.config.requestHandler = guarded(client.config.requestHandler, new URL(this.#endpoint));
    return client;
  }
}

/** As the service tells of what its tasks have called. */
function explain(error: unknown): string {
  const { message, $metadata: told } = error as Error & {
    readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  };
  if (told?.httpStatusCode === undefined) return message;
  return `${message} (Service: S3, Status Code: ${told.httpStatusCode}, Request ID: ${told.requestId ?? ''})`;
}
