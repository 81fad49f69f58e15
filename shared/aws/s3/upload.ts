import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Bucket } from './bucket.ts';

/** In bytes; two are in memory at once. 10,000 of them, which is the most, are 78 GiB. */
const partSize = 8 * 1024 * 1024;

/**
 * Stores bytes as they come, a few parts of them in memory at a time. What they throw ends it, and nothing is kept: an
 * object is there only once all of its parts are.
 */
export async function uploadStream(
  bucket: Bucket,
  key: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<void> {
  const upload = new Upload({
    client: bucket.client,
    params: {
      Bucket: bucket.name,
      Key: key,
      Body: Readable.from(bytes, { objectMode: false }),
      ChecksumAlgorithm: 'CRC32',
    },
    partSize,
    queueSize: 2,
  });
  await upload.done();
}

/** Stores an object anew from itself, without its bytes coming here: whatever its age was, it is new. Up to 5 GiB. */
export async function renewObject({ client, name }: Bucket, key: string): Promise<void> {
  const object = { Bucket: name, Key: key };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(object));
  const upload = { ...object, UploadId };
  try {
    const part = { ...upload, PartNumber: 1, CopySource: `${name}/${key}` };
    const { CopyPartResult } = await client.send(new UploadPartCopyCommand(part));
    const parts = [{ PartNumber: 1, ETag: CopyPartResult?.ETag }];
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }));
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
}
