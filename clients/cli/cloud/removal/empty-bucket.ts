import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  type S3Client,
} from '@aws-sdk/client-s3';
import { TandemError } from '../../../../shared/errors/tandem-error.ts';

/**
 * Removes everything that a bucket holds: every version of every object, what marks objects as deleted, and uploads that
 * were never finished. `onRemoved` is told how many versions are gone so far. A bucket that is not there is empty.
 */
export async function emptyBucket(
  client: S3Client,
  bucket: string,
  onRemoved: (versions: number) => void = () => {},
): Promise<void> {
  try {
    await abortUploads(client, bucket);
    for (let removed = 0; ; ) {
      // From the start each time: what was there is gone. A page has at most 1,000, as many as one request removes.
      const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
      const found = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
      if (found.length === 0) return;
      await remove(
        client,
        bucket,
        found.map(({ Key, VersionId }) => ({ Key, VersionId })),
      );
      removed += found.length;
      onRemoved(removed);
    }
  } catch (error) {
    if ((error as Error).name !== 'NoSuchBucket') throw error;
  }
}

async function abortUploads(client: S3Client, bucket: string): Promise<void> {
  for (;;) {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    if (Uploads.length === 0) return;
    for (const { Key, UploadId } of Uploads) {
      await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
    }
  }
}

async function remove(client: S3Client, bucket: string, Objects: ObjectIdentifier[]): Promise<void> {
  const Delete = { Objects, Quiet: true };
  const { Errors: [first] = [] } = await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete }));
  if (first === undefined) return;
  const message = `S3 does not remove ${first.Key} of ${bucket}: ${first.Message ?? first.Code ?? 'no reason'}`;
  throw new TandemError(first.Code === 'AccessDenied' ? 'cloud.permission' : 'stage.failed', { message });
}
