import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  type DeleteObjectsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { isTandemError } from '../../../../shared/errors/tandem-error.ts';
import { startVersitygw, type Versitygw, versitygwWay } from '../../../../test/support/versitygw.ts';
import { emptyBucket } from './empty-bucket.ts';

const way = versitygwWay();
const absent = way.kind === 'absent' && !process.env['CI'] ? way.reason : false;

describe('a bucket with versions, in a store that speaks S3', { skip: absent }, () => {
  let s3: Versitygw;
  before(async () => {
    if (way.kind === 'absent') throw new Error(way.reason);
    s3 = await startVersitygw(way.kind);
  });
  after(() => s3.stop());

  it('can be removed once it was emptied of versions, of marks and of what was never finished', async () => {
    const { client } = s3;
    const Bucket = await s3.makeBucket(true);
    // More than fit into one page.
    const keys = Array.from({ length: 1_050 }, (_, index) => `blobs/${index}`);
    for (const some of Array.from({ length: 35 }, (_, index) => keys.slice(index * 30, index * 30 + 30))) {
      await Promise.all(some.map((Key) => client.send(new PutObjectCommand({ Bucket, Key, Body: Key }))));
    }
    await client.send(new PutObjectCommand({ Bucket, Key: 'blobs/0', Body: 'again' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'blobs/1' }));
    await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'large' }));
    const removed: number[] = [];
    await emptyBucket(client, Bucket, (versions) => removed.push(versions));
    assert.equal(removed.at(-1), keys.length + 2);
    await client.send(new DeleteBucketCommand({ Bucket }));
    await emptyBucket(client, Bucket);
  });
});

describe('what S3 refuses to remove', () => {
  it('is named, and ends it', async () => {
    const client = new S3Client({});
    const refused = [{ Key: 'a', Code: 'AccessDenied', Message: 'Access Denied' }];
    const send = async (command: object) =>
      (command as DeleteObjectsCommand).constructor.name === 'DeleteObjectsCommand'
        ? { Errors: refused }
        : { Versions: [{ Key: 'a', VersionId: '1' }] };
    Object.assign(client, { send });
    await assert.rejects(emptyBucket(client, 'b'), (error) => {
      assert.ok(isTandemError(error, 'cloud.permission'), String(error));
      assert.equal(error.message, 'S3 does not remove a of b: Access Denied');
      return true;
    });
  });
});
