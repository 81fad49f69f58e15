import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UlidSequence } from './ulid.ts';

test('the time is written as the specification says', () => {
  assert.match(new UlidSequence({ now: () => 0, bits: () => 0 }).next(), /^0{26}$/);
  assert.equal(timeOf(1_469_922_850_259), '01arz3ndek');
  assert.equal(timeOf(2 ** 48 - 1), '7zzzzzzzzz');
});

test('ids of one millisecond are in order, also when their counter runs out', () => {
  const sequence = new UlidSequence({ now: () => 5, bits: () => 1_023 });
  let last = '';
  for (let count = 0; count < 600_000; count += 1) {
    const next = sequence.next();
    if (next <= last) assert.fail(`${next} after ${last}`);
    last = next;
  }
});

test('ids are in order when the clock is set back', () => {
  let now = 1_000;
  const sequence = new UlidSequence({ now: () => now, bits: () => Math.floor(now * 7) % 1_024 });
  const before = sequence.next();
  now = 500;
  assert.ok(sequence.next() > before);
  now = 1_001;
  assert.ok(sequence.next() > before);
});

function timeOf(now: number): string {
  return new UlidSequence({ now: () => now, bits: () => 0 }).next().slice(0, 10);
}
