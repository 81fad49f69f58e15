import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chacha } from './chacha.ts';

test('the keystream is that of RFC 8439 (appendix A.1, test vectors 1 and 2)', () => {
  const words = chacha('0'.repeat(64));
  const blocks = Array.from({ length: 2 }, () => Uint32Array.from({ length: 16 }, words));
  const [first, second] = blocks.map((block) => Buffer.from(block.buffer).toString('hex'));
  assert.equal(
    first,
    '76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586',
  );
  assert.match(second ?? '', /^9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed/);
});

test('the key is read in the order of its bytes (RFC 8439, appendix A.1, test vector 3)', () => {
  const words = chacha(`${'0'.repeat(63)}1`);
  Array.from({ length: 16 }, words);
  const block = Uint32Array.from({ length: 4 }, words);
  assert.equal(Buffer.from(block.buffer).toString('hex'), '3aeb5224ecf849929b9d828db1ced4dd');
});
