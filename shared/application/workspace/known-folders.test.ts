import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryBlobs } from '../../memory/blobs.ts';
import { MemoryDisk } from '../../memory/disk.ts';
import type { Blobs } from '../../ports/blobs.ts';
import { readFile, writeFile } from './files.ts';
import { BlobsWithKnownFolders } from './known-folders.ts';
import { listFiles } from './list-files.ts';

/** Blobs that count how often they are read. */
function counted() {
  const blobs = new MemoryBlobs(new MemoryDisk().open());
  const reads = { count: 0 };
  const counting: Blobs = {
    forTenant: (tenant) => {
      const ours = blobs.forTenant(tenant);
      return {
        ...ours,
        get: (digest) => {
          reads.count += 1;
          return ours.get(digest);
        },
      };
    },
  };
  return { counting, reads };
}

const file = (path: string) => ({ path, bytes: Buffer.from(path) });

test('folders that were written or read before are not read again', async () => {
  const { counting, reads } = counted();
  const writer = new BlobsWithKnownFolders(counting);
  const { root } = await writeFile(writer.forTenant('acme'), null, file('a/b/c'));
  const { root: second } = await writeFile(writer.forTenant('acme'), root, file('a/b/d'));
  assert.equal(reads.count, 0);
  await readFile(writer.forTenant('acme'), second, 'a/b/c');
  assert.equal(reads.count, 1);

  const reader = new BlobsWithKnownFolders(counting).forTenant('acme');
  reads.count = 0;
  assert.equal((await listFiles(reader, second)).length, 2);
  assert.equal((await listFiles(reader, second)).length, 2);
  assert.equal(reads.count, 3);
});

test('what is made of a known folder leaves it as it was', async () => {
  const blobs = new BlobsWithKnownFolders(counted().counting).forTenant('acme');
  const { root } = await writeFile(blobs, null, file('a'));
  await writeFile(blobs, root, file('b'));
  assert.deepEqual(
    (await listFiles(blobs, root)).map(({ path }) => path),
    ['a'],
  );
});

test('a folder that one tenant knows is not there for another', async () => {
  const blobs = new BlobsWithKnownFolders(counted().counting);
  const { root } = await writeFile(blobs.forTenant('acme'), null, file('a'));
  await assert.rejects(listFiles(blobs.forTenant('other'), root), { code: 'data.damaged' });
});

test('a folder that could not be stored is not known', async () => {
  const { counting } = counted();
  const full: Blobs = {
    forTenant: (tenant) => ({
      ...counting.forTenant(tenant),
      put: () => Promise.reject(new Error('full')),
    }),
  };
  const stored = await writeFile(counting.forTenant('other'), null, file('a'));
  const blobs = new BlobsWithKnownFolders(full).forTenant('acme');
  await assert.rejects(writeFile(blobs, null, file('a')), { message: 'full' });
  await assert.rejects(listFiles(blobs, stored.root), { code: 'data.damaged' });
});
