import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededSigner } from './seeded-signer.ts';

test('the same seed signs with the same key, which RFC 8032 names', async () => {
  const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
  const { key, value } = await new SeededSigner(seed).sign('');
  assert.equal(
    Buffer.from(key, 'base64url').toString('hex'),
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  );
  assert.match(Buffer.from(value, 'base64url').toString('hex'), /^e5564300c360ac729086e2cc806e828a/);
});

test('what it signs holds, until its seed is another from then on', async () => {
  let seed = Buffer.alloc(32, 1);
  const signer = new SeededSigner(async () => seed);
  const first = await signer.sign('the head');
  assert.equal(signer.verify('the head', first), true);
  assert.equal(signer.verify('another head', first), false);
  seed = Buffer.alloc(32, 2);
  const second = await signer.sign('the head');
  assert.notEqual(second.key, first.key);
  assert.equal(signer.verify('the head', second), true);
  assert.equal(signer.verify('the head', first), true);
});

test('a seed of another length is refused', async () => {
  await assert.rejects(new SeededSigner(Buffer.alloc(31)).sign('x'), /32 bytes/);
});
