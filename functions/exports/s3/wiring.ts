import { S3Exports, type S3ExportsOptions } from '../../../shared/aws/s3/exports.ts';
import { blobClients } from '../../../shared/aws/sdk/s3.ts';
import type { Exports } from '../../../shared/ports/exports.ts';
import type { Bucket } from '../../blobs/bucket.ts';

/** Exports in the bucket of blobs. */
export const s3Exports = (
  { env, bucket, ...settings }: Bucket,
  exported: S3ExportsOptions['exported'],
): Exports => new S3Exports({ ...blobClients(settings, env), bucket, exported });
