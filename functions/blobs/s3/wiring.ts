import { S3Blobs } from '../../../shared/aws/s3/blobs.ts';
import { prefixes } from '../../../shared/aws/s3/keys.ts';
import { blobClients } from '../../../shared/aws/sdk/s3.ts';
import type { Blobs } from '../../../shared/ports/blobs.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Bucket } from '../bucket.ts';

/** Blobs in a bucket, below one of its prefixes. */
export const s3Blobs = (
  { env, bucket, ...settings }: Bucket,
  { clock, below }: { readonly clock: Clock; readonly below: keyof typeof prefixes },
): Blobs => new S3Blobs({ ...blobClients(settings, env), bucket, clock, prefix: prefixes[below] });
