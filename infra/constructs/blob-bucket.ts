import { Duration, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { accept } from './accept.ts';
import { removal } from './lifetimes.ts';
import { tagPurpose } from './tags.ts';

/**
 * The bucket of blobs: versioned, closed to the public, TLS only, encrypted with the key. What is exported is made again
 * on demand and expires after a day, and so does what programs are asked where it is too long for a message; a day later
 * both are gone for good. Anything else that was overwritten or deleted can be had back for a month where the stage keeps
 * data, and for a week elsewhere.
 */
export class BlobBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, names: Names, key: IKey | undefined) {
    super(scope, id);
    tagPurpose(this, 'Blobs: what runs are given, work on and make');
    const { stage } = names;
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: names.bucket(Stack.of(this)),
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: removal(stage),
      ...(key ? { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true } : {}),
      lifecycleRules: [
        ...['exports', 'passing'].map((id) => ({
          id,
          prefix: `${id}/`,
          expiration: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(1),
        })),
        { id: 'overwritten', noncurrentVersionExpiration: Duration.days(stage.keepsData ? 30 : 7) },
        { id: 'unfinished', abortIncompleteMultipartUploadAfter: Duration.days(1) },
        { id: 'markers', expiredObjectDeleteMarker: true },
      ],
    });
    accept(this.bucket, {
      'AwsSolutions-S1':
        'Objects are named by their content and reached through functions that log each request with its caller; server access logs would be a second bucket to pay, guard and retain.',
    });
  }
}
