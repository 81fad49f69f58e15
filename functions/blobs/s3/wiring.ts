import { S3Blobs } from '../../../shared/aws/s3/blobs.ts';
import { S3Exports, type S3ExportsOptions } from '../../../shared/aws/s3/exports.ts';
import { prefixes } from '../../../shared/aws/s3/keys.ts';
import { blobClients } from '../../../shared/aws/sdk/s3.ts';
import type { Blobs } from '../../../shared/ports/blobs.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Exports } from '../../../shared/ports/exports.ts';
import type { Bucket } from '../bucket.ts';

/** Blobs in a bucket, below one of its prefixes. */
export const s3Blobs = (
  { env, bucket, ...settings }: Bucket,
  { clock, below }: { readonly clock: Clock; readonly below: keyof typeof prefixes },
): Blobs => new S3Blobs({ ...blobClients(settings, env), bucket, clock, prefix: prefixes[below] });

/** Exports in the bucket of blobs; here, so that the client of S3 is part of what is loaded for either. */
export const s3Exports = (
  { env, bucket, ...settings }: Bucket,
  exported: S3ExportsOptions['exported'],
): Exports => new S3Exports({ ...blobClients(settings, env), bucket, exported });
