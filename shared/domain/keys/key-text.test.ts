import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { keyParts, keyText, secretOf } from './key-text.ts';

const id = '01kah0000000000000000000aa';
const fresh = () => ({ id, secret: secretOf(randomBytes(32).toString('hex')) });

test('a key is told by its parts, and these by the key', () => {
  for (let count = 0; count < 100; count += 1) {
    const parts = fresh();
    const text = keyText(parts);
    assert.match(text, /^tk_[0-9a-z]{26}_[0-9A-Za-z]{49}$/);
    assert.deepEqual(keyParts(text), parts);
  }
});

test('no bit of the randomness is lost', () => {
  const secrets = ['0'.repeat(64), 'f'.repeat(64), `${'f'.repeat(63)}e`, `0${'f'.repeat(63)}`].map(secretOf);
  assert.equal(new Set(secrets).size, 4);
  assert.ok(secrets.every(({ length }) => length === 43));
});

test('a typo, a cut and what is added are noticed', () => {
  const text = keyText(fresh());
  for (let at = 3; at < text.length; at += 1) {
    const other = text[at] === 'a' ? 'b' : 'a';
    assert.equal(keyParts(text.slice(0, at) + other + text.slice(at + 1)), undefined, `at ${at}`);
  }
  const swapped = text.replace(/(.)(.)$/, (_, a: string, b: string) => (a === b ? `${a}-` : b + a));
  for (const wrong of [swapped, text.slice(0, -1), `${text}a`, ` ${text}`, `${text}\n`, 'tk_', '']) {
    assert.equal(keyParts(wrong), undefined);
  }
});
