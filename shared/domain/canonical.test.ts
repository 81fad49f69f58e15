import assert from 'node:assert/strict';
import { test } from 'node:test';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson, sha256 } from './canonical.ts';
import { operationHash } from './operation-hash.ts';

test('canonical JSON agrees with the canonicalize package', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      assert.equal(canonicalJson(value), canonicalize(value));
    }),
  );
});

test('canonical JSON reads back as the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const text = JSON.stringify(value);
      assert.deepEqual(JSON.parse(canonicalJson(JSON.parse(text))), JSON.parse(text));
    }),
  );
});

test('members are sorted by UTF-16 code units and undefined ones left out', () => {
  assert.equal(
    canonicalJson({ '\u{1f600}': 1, '\ufb33': 2, a: undefined, '1': -0 }),
    '{"1":0,"\u{1f600}":1,"\ufb33":2}',
  );
});

for (const value of [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '\ud800',
  { '\udc00': 1 },
  undefined,
  () => 1,
  1n,
]) {
  test(`canonical JSON refuses ${typeof value} ${String(value)}`, () => {
    assert.throws(() => canonicalJson(value), { code: 'request.invalid' });
  });
}

test('text is hashed as UTF-8', () => {
  assert.equal(sha256('é'), sha256(new TextEncoder().encode('é')));
});

test('an operation is known by kind and arguments, whatever their order', () => {
  const hash = operationHash('file.write', { path: 'a', content: 'b' });
  assert.equal(hash, operationHash('file.write', { content: 'b', path: 'a' }));
  assert.notEqual(hash, operationHash('file.write', { path: 'a', content: 'c' }));
  assert.equal(hash, sha256('{"arguments":{"content":"b","path":"a"},"kind":"file.write"}'));
});
