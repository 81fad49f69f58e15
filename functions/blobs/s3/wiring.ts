import { S3Blobs } from '../../../shared/aws/s3/blobs.ts';
import { blobClients } from '../../../shared/aws/sdk/s3.ts';
import type { Blobs } from '../../../shared/ports/blobs.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Bucket } from '../bucket.ts';

/** Blobs in a bucket. */
export const s3Blobs = ({ env, bucket, ...settings }: Bucket, clock: Clock): Blobs =>
  new S3Blobs({ ...blobClients(settings, env), bucket, clock });
