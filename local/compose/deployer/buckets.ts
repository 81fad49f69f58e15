import {
  CreateBucketCommand,
  HeadBucketCommand,
  NotFound,
  PutBucketVersioningCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { tell } from './tell.ts';

/** `AWS::S3::Bucket` as a template declares it, as far as versitygw knows it. */
export interface DeclaredBucket {
  readonly BucketName: string;
  readonly VersioningConfiguration?: { readonly Status: 'Enabled' | 'Suspended' };
}

/** Makes a bucket that is not there. */
export async function ensureBucket(client: S3Client, declared: DeclaredBucket): Promise<void> {
  const { BucketName: Bucket, VersioningConfiguration } = declared;
  if (await exists(client, Bucket)) return;
  await client.send(new CreateBucketCommand({ Bucket }));
  if (VersioningConfiguration) {
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
  tell(`made the bucket ${Bucket}`);
}

async function exists(client: S3Client, bucket: string): Promise<boolean> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}
