import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../domain/limits.ts';
import { isTandemError } from '../errors/tandem-error.ts';
import { MemoryBlobs } from '../memory/blobs.ts';
import { MemoryDisk } from '../memory/disk.ts';
import { fromContent, toContent } from './content.ts';

const blobs = new MemoryBlobs(new MemoryDisk().open()).forTenant('acme');

test('a value up to the limit of its JSON text stays inline', async () => {
  const atLimit = 'x'.repeat(limits.inlineBytes - 2);
  assert.deepEqual(await toContent(blobs, atLimit), { inline: atLimit });
  assert.deepEqual(await toContent(blobs, null), { inline: null });
});

test('a larger value spills, measured in UTF-8, and comes back', async () => {
  for (const value of ['x'.repeat(limits.inlineBytes - 1), { ü: 'ü'.repeat(limits.inlineBytes / 2) }]) {
    const content = await toContent(blobs, value);
    assert.ok('blob' in content && content.size > limits.inlineBytes);
    assert.deepEqual(await fromContent(blobs, content), value);
  }
});

test('a blob that an event names and that is gone is damage', async () => {
  await assert.rejects(fromContent(blobs, { blob: 'ab'.repeat(32), size: 1 }), (error) =>
    isTandemError(error, 'data.damaged'),
  );
});
