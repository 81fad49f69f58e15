import assert from 'node:assert/strict';
import { test } from 'node:test';
import { S3Client } from '@aws-sdk/client-s3';
import { SystemClock } from '../../system/system-clock.ts';
import { S3Blobs } from './blobs.ts';
import { prefixes } from './keys.ts';

const digest = 'a'.repeat(64);

test('blobs lie below their prefix, by tenant', async () => {
  const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
  const client = new S3Client({ region: 'eu-central-1', credentials });
  const place = async (prefix?: string) => {
    const options = prefix === undefined ? {} : { prefix };
    const blobs = new S3Blobs({ client, bucket: 'tandem', clock: new SystemClock(), ...options });
    const url = await blobs.forTenant('acme').signedUrl(digest, { method: 'GET', expiresIn: 60 });
    return new URL(url).pathname;
  };
  assert.match(await place(), new RegExp(`/blobs/acme/${digest}$`));
  assert.match(await place(prefixes.passing), new RegExp(`/passing/acme/${digest}$`));
});
