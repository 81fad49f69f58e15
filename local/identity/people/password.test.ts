import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPassword, isPassword, randomPassword } from './password.ts';

test('a password is the one that was hashed, wherever it came from, and no other', async () => {
  for (const origin of ['chosen', 'random'] as const) {
    const hash = await hashPassword('correct horse battery', origin);
    assert.ok(!hash.includes('horse'));
    assert.equal(await isPassword('correct horse battery', hash), true);
    assert.equal(await isPassword('correct horse batterx', hash), false);
    assert.notEqual(await hashPassword('correct horse battery', origin), hash, 'salted');
  }
  assert.equal(await isPassword('', undefined), false);
});

test('the same letters are the same password, however they were typed', async () => {
  const hash = await hashPassword('Ärger mit Öl', 'random');
  assert.equal(await isPassword('A\u0308rger mit O\u0308l', hash), true);
});

test('made-up passwords are long, readable and never the same', () => {
  const made = new Set(Array.from({ length: 1_000 }, randomPassword));
  assert.equal(made.size, 1_000);
  for (const one of made) assert.match(one, /^(?:[a-hjkmnp-z2-9]{5}-){4}[a-hjkmnp-z2-9]{5}$/);
});
