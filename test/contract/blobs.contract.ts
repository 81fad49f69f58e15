import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { sha256 } from '../../shared/domain/canonical.ts';
import type { Blobs } from '../../shared/ports/blobs.ts';
import { digestOf, tenant } from './fixtures.ts';

export interface BlobsUnderTest {
  readonly blobs: Blobs;
  /** Changes a stored blob behind the store's back, keeping its size. */
  damage(tenant: string, digest: string): void | Promise<void>;
  reopen(): Promise<BlobsUnderTest>;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Larger than anything that is kept together with other things. */
const large = new Uint8Array(300_000).fill(7);

/** Bytes in pieces, and then something else, or a failure. */
async function* pieces(content: Uint8Array, end?: string | Error): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < content.length; start += 50_000) yield content.slice(start, start + 50_000);
  if (end instanceof Error) throw end;
  if (end !== undefined) yield bytes(end);
}

/** What every blob store does; `make` opens an empty one. */
export function describeBlobs(name: string, make: (context: TestContext) => Promise<BlobsUnderTest>): void {
  describe(`blobs: ${name}`, () => {
    test('bytes come back by the digest of their content', async (context) => {
      const blobs = (await make(context)).blobs.forTenant(tenant);
      for (const content of [bytes('hello'), bytes(''), large]) {
        const stored = await blobs.put(content);
        assert.deepEqual(stored, { blob: sha256(content), size: content.byteLength });
        assert.deepEqual(Buffer.from((await blobs.get(stored.blob)) ?? 'none'), Buffer.from(content));
        assert.equal(await blobs.size(stored.blob), content.byteLength);
      }
    });

    test('bytes are received as they come, and kept only if they are those of the digest', async (context) => {
      const { blobs, reopen } = await make(context);
      const ours = blobs.forTenant(tenant);
      for (const content of [bytes('piece by piece'), bytes(''), large]) {
        const digest = sha256(content);
        await assert.rejects(ours.receive(digest, pieces(content.slice(1), 'x')), {
          code: 'upload.mismatch',
        });
        assert.equal(await ours.size(digest), undefined);
        assert.deepEqual(await ours.receive(digest, pieces(content)), {
          blob: digest,
          size: content.byteLength,
        });
        assert.deepEqual(await ours.receive(digest, pieces(content)), {
          blob: digest,
          size: content.byteLength,
        });
      }
      const again = (await reopen()).blobs.forTenant(tenant);
      for (const content of [bytes('piece by piece'), bytes(''), large]) {
        const kept = (await again.get(sha256(content))) ?? bytes('none');
        assert.deepEqual(Buffer.from(kept), Buffer.from(content));
      }
    });

    test('what is cut off on its way is not kept, and says why', async (context) => {
      const { blobs } = await make(context);
      const ours = blobs.forTenant(tenant);
      const cut = new Error('The line is cut');
      for (const content of [bytes('hello'), large]) {
        await assert.rejects(ours.receive(sha256(content), pieces(content, cut)), (error) => error === cut);
        assert.equal(await ours.size(sha256(content)), undefined);
      }
    });

    test('a blob that was never put is absent', async (context) => {
      const blobs = (await make(context)).blobs.forTenant(tenant);
      assert.equal(await blobs.get(digestOf('a')), undefined);
      assert.equal(await blobs.size(digestOf('a')), undefined);
    });

    test('the same bytes may be put again, also at the same time', async (context) => {
      const blobs = (await make(context)).blobs.forTenant(tenant);
      for (const content of [bytes('same'), large]) {
        const refs = await Promise.all(Array.from({ length: 8 }, () => blobs.put(content)));
        refs.push(await blobs.put(content));
        assert.deepEqual(new Set(refs.map((ref) => ref.blob)), new Set([sha256(content)]));
        assert.deepEqual(Buffer.from((await blobs.get(sha256(content))) ?? 'none'), Buffer.from(content));
      }
    });

    test('what the caller does to its bytes later does not reach the blob', async (context) => {
      const blobs = (await make(context)).blobs.forTenant(tenant);
      const mine = bytes('mine');
      const { blob } = await blobs.put(mine);
      mine.fill(0);
      (await blobs.get(blob))?.fill(0);
      assert.deepEqual(Buffer.from((await blobs.get(blob)) ?? 'none'), Buffer.from('mine'));
    });

    test('tenants do not see each other', async (context) => {
      const { blobs } = await make(context);
      const other = blobs.forTenant('other');
      for (const content of [bytes('ours'), large]) {
        const { blob } = await blobs.forTenant(tenant).put(content);
        assert.equal(await other.get(blob), undefined);
        assert.equal(await other.size(blob), undefined);
        await other.put(content);
        assert.equal(await other.size(blob), content.byteLength);
      }
    });

    test('a damaged blob is told, never given', async (context) => {
      const { blobs, damage } = await make(context);
      for (const content of [bytes('whole'), large]) {
        const { blob } = await blobs.forTenant(tenant).put(content);
        await damage(tenant, blob);
        await assert.rejects(blobs.forTenant(tenant).get(blob), { code: 'data.damaged' });
      }
    });

    test('a blob is removed unless it is wanted, and can be put again', async (context) => {
      const { blobs, reopen } = await make(context);
      const ours = blobs.forTenant(tenant);
      for (const content of [bytes('going'), large]) {
        const { blob } = await ours.put(content);
        await blobs.forTenant('other').put(content);
        assert.equal(await ours.remove(blob, () => true), false);
        assert.equal(await ours.size(blob), content.byteLength);
        assert.equal(await ours.remove(blob, () => false), true);
        assert.equal(await ours.remove(blob, () => false), true);
        assert.equal(await ours.size(blob), undefined);
        assert.equal(await blobs.forTenant('other').size(blob), content.byteLength);
        await ours.put(content);
        assert.equal(await ours.size(blob), content.byteLength);
        // Whether the question comes before or after it: whoever says that it is wanted, and then puts it, has it.
        let wanted = false;
        const removal = ours.remove(blob, () => wanted);
        wanted = true;
        await Promise.all([removal, ours.put(content)]);
        assert.equal(await ours.size(blob), content.byteLength);
        await ours.remove(blob, () => false);
      }
      assert.equal(await (await reopen()).blobs.forTenant(tenant).size(sha256(large)), undefined);
    });

    test('blobs are there after a restart', async (context) => {
      const { blobs, reopen } = await make(context);
      const { blob } = await blobs.forTenant(tenant).put(bytes('kept'));
      await blobs.forTenant(tenant).put(large);
      const reopened = (await reopen()).blobs.forTenant(tenant);
      assert.equal(await reopened.size(blob), 4);
      assert.deepEqual(await reopened.put(bytes('kept')), { blob, size: 4 });
      assert.deepEqual(Buffer.from((await reopened.get(sha256(large))) ?? 'none'), Buffer.from(large));
    });

    test('an address names its blob, which need not be there yet', async (context) => {
      const blobs = (await make(context)).blobs.forTenant(tenant);
      const { blob } = await blobs.put(bytes('there'));
      for (const digest of [blob, digestOf('a')]) {
        const address = await blobs.signedUrl(digest, { method: 'PUT', expiresIn: 60 });
        assert.ok(address.includes(`/blobs/${tenant}/${digest}?`), address);
      }
    });
  });
}
