import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ed25519Signer, generateSigningKey } from './ed25519-signer.ts';

const signer = new Ed25519Signer(generateSigningKey());

test('a signature holds for its message and key alone', async () => {
  const signature = await signer.sign('the head');
  assert.equal(signer.verify('the head', signature), true);
  assert.equal(signer.verify('another head', signature), false);
  const other = new Ed25519Signer(generateSigningKey());
  assert.equal(other.verify('the head', signature), true, 'anybody can verify');
  assert.equal(signer.verify('the head', { ...signature, key: other.key }), false);
});

test('a key pair signs with the same key after a restart', () => {
  const pem = generateSigningKey();
  assert.equal(new Ed25519Signer(pem).key, new Ed25519Signer(pem).key);
  assert.equal(Buffer.from(new Ed25519Signer(pem).key, 'base64url').length, 32);
});

test('what is no signature or key holds for nothing', async () => {
  const signature = await signer.sign('the head');
  for (const value of ['', 'x', `${signature.value}=`, `${signature.value}A`, signature.value.slice(1)]) {
    assert.equal(signer.verify('the head', { ...signature, value }), false, value);
  }
  for (const key of ['', 'x', signature.key.slice(1), '\0']) {
    assert.equal(signer.verify('the head', { ...signature, key }), false, key);
  }
});
