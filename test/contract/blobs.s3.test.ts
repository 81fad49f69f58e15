import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, describe, type TestContext, test } from 'node:test';
import {
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { S3Blobs } from '../../shared/aws/s3/blobs.ts';
import { S3Exports } from '../../shared/aws/s3/exports.ts';
import { blobKey } from '../../shared/aws/s3/keys.ts';
import { sha256 } from '../../shared/domain/canonical.ts';
import type { ExportedRuns } from '../../shared/ports/exports.ts';
import { checksumHeader } from '../../shared/protocol/upload-headers.ts';
import { SystemClock } from '../../shared/system/system-clock.ts';
import { startVersitygw, type Versitygw, versitygwWay } from '../support/versitygw.ts';
import { reportAbsent, reportAdapter } from './adapters-report.ts';
import { type BlobsUnderTest, describeBlobs } from './blobs.contract.ts';
import { tenant } from './fixtures.ts';

const clock = new SystemClock();

/** As if whatever was stored had been stored long ago. */
const old = { fresh: 0, kept: 0 };

function open({ client }: Versitygw, bucket: string): BlobsUnderTest {
  return {
    blobs: new S3Blobs({ client, bucket, clock, ages: old }),
    damage: async (whose, digest) => {
      const object = { Bucket: bucket, Key: blobKey(whose, digest) };
      const { ContentLength = 0 } = await client.send(new HeadObjectCommand(object));
      await client.send(new PutObjectCommand({ ...object, Body: new Uint8Array(ContentLength) }));
    },
    reopen: async () => open({ client } as Versitygw, bucket),
  };
}

function describeS3Blobs(s3: Versitygw): void {
  describeBlobs('S3', async () => open(s3, await s3.makeBucket(false)));
  describeBlobs('S3 with versions', async () => open(s3, await s3.makeBucket(true)));

  describe('blobs on S3', () => {
    const make = async (_context: TestContext, versioning = true) => {
      const bucket = await s3.makeBucket(versioning);
      const { client } = s3;
      return {
        bucket,
        blobs: new S3Blobs({ client, bucket, clock }).forTenant(tenant),
        agedBlobs: () => new S3Blobs({ client, bucket, clock, ages: old }).forTenant(tenant),
      };
    };

    test('more than a part of an upload is received in parts, and nothing is left of what does not hold', async (context) => {
      const { blobs, bucket } = await make(context);
      const parts = [randomBytes(8 * 1024 * 1024), randomBytes(3_000_000)];
      const digest = sha256(Buffer.concat(parts));
      const size = 8 * 1024 * 1024 + 3_000_000;
      async function* bytes(more: string) {
        yield* parts;
        yield Buffer.from(more);
      }
      await assert.rejects(blobs.receive(digest, bytes('x')), { code: 'upload.mismatch' });
      assert.equal(await blobs.size(digest), undefined);
      const { Uploads = [] } = await s3.client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
      assert.deepEqual(Uploads, []);
      assert.deepEqual(await blobs.receive(digest, bytes('')), { blob: digest, size });
      assert.equal(sha256((await blobs.get(digest)) ?? new Uint8Array()), digest);
    });

    test('what was stored just now is not removed, whoever asks', async (context) => {
      const { blobs, agedBlobs } = await make(context);
      const { blob } = await blobs.put(Buffer.from('new'));
      assert.equal(await blobs.remove(blob, () => false), false);
      assert.equal(await agedBlobs().remove(blob, () => false), true);
    });

    for (const versioning of [true, false]) {
      test(`what is old is stored anew by whoever stores it or asks for it; versions: ${versioning}`, async (context) => {
        const { bucket, blobs, agedBlobs } = await make(context, versioning);
        const { client } = s3;
        const stored = async (digest: string) => {
          const head = new HeadObjectCommand({ Bucket: bucket, Key: blobKey(tenant, digest) });
          const { VersionId, ETag } = await client.send(head);
          return `${VersionId} ${ETag}`;
        };
        // Without versions nothing but its tag tells that an object was stored anew, and an empty one has always the same.
        for (const content of ['old', 'o'.repeat(2_000_000), ...(versioning ? [''] : [])]) {
          const { blob } = await blobs.put(Buffer.from(content));
          const first = await stored(blob);
          assert.equal(await blobs.size(blob), content.length);
          await blobs.put(Buffer.from(content));
          assert.equal(await stored(blob), first, 'not old yet');
          assert.equal(await agedBlobs().size(blob), content.length);
          const second = await stored(blob);
          assert.notEqual(second, first, 'asked for');
          await agedBlobs().put(Buffer.from(content));
          assert.notEqual(await stored(blob), second, 'stored');
          assert.equal(Buffer.from((await blobs.get(blob)) ?? 'none').toString(), content);
        }
      });
    }

    test('who stores the bytes while they are removed has them: another version is removed than theirs', async (context) => {
      const { bucket, blobs, agedBlobs } = await make(context);
      const { blob } = await blobs.put(Buffer.from('contested'));
      const other = agedBlobs();
      // Between the last look and the removal another process stores them anew.
      let meanwhile: Promise<unknown> | undefined;
      const client = new Proxy(s3.client, {
        get: (target, name) => {
          if (name !== 'send') return Reflect.get(target, name, target);
          return async (command: { readonly constructor: { readonly name: string } }) => {
            if (command.constructor.name === 'DeleteObjectCommand' && meanwhile === undefined) {
              meanwhile = other.put(Buffer.from('contested'));
              await meanwhile;
            }
            return target.send(command as never);
          };
        },
      });
      let looks = 0;
      const removing = new S3Blobs({ client, bucket, clock, ages: old }).forTenant(tenant);
      const gone = await removing.remove(blob, () => {
        looks += 1;
        return looks > 1;
      });
      assert.equal(gone, false);
      assert.equal(Buffer.from((await blobs.get(blob)) ?? 'none').toString(), 'contested');
    });

    test('a removed blob is gone in all its versions', async (context) => {
      const { bucket, blobs, agedBlobs } = await make(context);
      const { blob } = await blobs.put(Buffer.from('twice'));
      await agedBlobs().put(Buffer.from('twice'));
      await agedBlobs().size(blob);
      assert.equal(await agedBlobs().remove(blob, () => false), true);
      const listed = await s3.client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
      assert.deepEqual([listed.Versions ?? [], listed.DeleteMarkers ?? []], [[], []]);
    });

    test('an address takes the bytes it was made for and gives them under a name', async (context) => {
      const { blobs } = await make(context);
      const content = Buffer.from('sent');
      const digest = sha256(content);
      const put = await blobs.signedUrl(digest, { method: 'PUT', expiresIn: 60, size: content.byteLength });
      const send = (body: string, address = put) =>
        fetch(address, { method: 'PUT', body, headers: checksumHeader(digest) });
      assert.notEqual((await send('sent and more')).status, 200);
      assert.equal(await blobs.size(digest), undefined);
      assert.notEqual((await send('tnes')).status, 200);
      assert.equal(await blobs.size(digest), undefined);
      assert.notEqual((await fetch(put, { method: 'PUT', body: 'sent' })).status, 200);
      assert.notEqual(
        (await fetch(put, { method: 'PUT', body: 'tnes', headers: checksumHeader(sha256('tnes')) })).status,
        200,
      );
      assert.equal((await send('sent')).status, 200);
      const unsized = await blobs.signedUrl(digest, { method: 'PUT', expiresIn: 60 });
      assert.equal((await send('sent', unsized)).status, 200);
      assert.notEqual((await send('others', unsized)).status, 200);
      const options = {
        method: 'GET',
        expiresIn: 60,
        mediaType: 'text/plain',
        filename: 'Grüße (alle).txt',
      } as const;
      const get = await blobs.signedUrl(digest, options);
      const got = await fetch(get);
      assert.equal(await got.text(), 'sent');
      assert.equal(got.headers.get('content-type'), 'text/plain');
      assert.equal(
        got.headers.get('content-disposition'),
        "attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%28alle%29.txt",
      );
      assert.notEqual((await fetch(get.replace(digest, sha256('x')))).status, 200);
      assert.notEqual((await fetch(get, { method: 'PUT', body: 'sent' })).status, 200);
    });

    test('an address has the origin at which others reach the store', async (context) => {
      const { bucket } = await make(context);
      const signing = s3.clientOf({ endpoint: 'http://localhost:4400' });
      const blobs = new S3Blobs({ client: s3.client, bucket, clock, signing }).forTenant(tenant);
      const { blob } = await blobs.put(Buffer.from('there'));
      const address = await blobs.signedUrl(blob, { method: 'GET', expiresIn: 60 });
      assert.ok(address.startsWith(`http://localhost:4400/${bucket}/blobs/${tenant}/${blob}?`), address);
    });

    test('an export is a file of its own, which its address gives', async (context) => {
      const { bucket } = await make(context);
      const exported = async ({ run }: ExportedRuns) => ({
        bytes: (async function* () {
          yield Buffer.from(`the file of ${run}`);
          if (run === 'run_broken') throw new Error('It was erased meanwhile.');
        })(),
      });
      const exports = new S3Exports({ client: s3.client, bucket, exported });
      const runs = { tenant, run: 'run_1', children: false };
      const [one, two] = [await exports.signedUrl(runs, 60), await exports.signedUrl(runs, 60)];
      assert.notEqual(new URL(one).pathname, new URL(two).pathname);
      assert.match(
        new URL(one).pathname,
        new RegExp(`^/${bucket}/exports/${tenant}/[0-9a-f-]{36}/run_1.tar$`),
      );
      const got = await fetch(one);
      assert.equal(await got.text(), 'the file of run_1');
      assert.equal(got.headers.get('content-type'), 'application/x-tar');
      assert.equal(got.headers.get('content-disposition'), "attachment; filename*=UTF-8''run_1.tar");
      await assert.rejects(exports.signedUrl({ ...runs, run: 'run_broken' }, 60), /erased meanwhile/);
      const { Contents = [] } = await s3.client.send(new ListObjectsV2Command({ Bucket: bucket }));
      assert.equal(Contents.length, 2);
    });

    test('what the store refuses has a name', async (context) => {
      const { bucket, blobs } = await make(context);
      const stranger = s3.clientOf({ credentials: { accessKeyId: 'tandem', secretAccessKey: 'guessed' } });
      const denied = new S3Blobs({ client: stranger, bucket, clock }).forTenant(tenant);
      await assert.rejects(denied.put(Buffer.from('x')), { code: 'cloud.denied' });
      await assert.rejects(denied.size(sha256('x')), { code: 'cloud.denied' });
      const absent = new S3Blobs({ client: s3.client, bucket: 'nowhere-at-all', clock }).forTenant(tenant);
      await assert.rejects(absent.put(Buffer.from('x')), { code: 'cloud.absent' });
      await assert.rejects(absent.get(sha256('x')), { code: 'cloud.absent' });
      await assert.rejects(blobs.get('../other/x'), { code: 'request.invalid' });
    });
  });
}

const way = versitygwWay();
if (way.kind === 'absent') {
  reportAbsent('S3', way.reason);
} else {
  const s3 = await startVersitygw(way.kind);
  for (const adapter of ['S3', 'S3 with versions']) reportAdapter({ adapter, against: s3.about });
  after(() => s3.stop());
  describeS3Blobs(s3);
}
