import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededCrypto, seededRandom } from './random.ts';

const seed = '0123456789abcdef'.repeat(4);

test('numbers lie in [0, 1), look even, and are the same for the same seed', () => {
  const random = seededRandom(seed);
  const numbers = Array.from({ length: 10_000 }, random);
  assert.ok(numbers.every((number) => number >= 0 && number < 1));
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  assert.ok(Math.abs(mean - 0.5) < 0.02, String(mean));
  assert.equal(new Set(numbers).size, numbers.length);
  const again = seededRandom(seed);
  assert.deepEqual(Array.from({ length: 10_000 }, again), numbers);
});

test('seeds that differ in one digit share no number', () => {
  const numbers = (from: string) => Array.from({ length: 100 }, seededRandom(from));
  const first = new Set(numbers(seed));
  assert.deepEqual(
    numbers(`1${seed.slice(1)}`).filter((number) => first.has(number)),
    [],
  );
});

test('ids are UUIDs of version 4', () => {
  const { randomUUID } = seededCrypto(seed);
  const ids = Array.from({ length: 100 }, randomUUID);
  for (const id of ids)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(ids).size, ids.length);
});

test('arrays of any length are filled, within their own bounds', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(8), (length, offset) => {
      const whole = new Uint8Array(length + offset + 8);
      seededCrypto(seed).getRandomValues(new Uint8Array(whole.buffer, offset, length));
      const filled = whole.subarray(offset, offset + length);
      assert.ok(length < 8 || filled.some((byte) => byte !== 0));
      assert.ok(
        [...whole.subarray(0, offset), ...whole.subarray(offset + length)].every((byte) => byte === 0),
      );
    }),
  );
});
