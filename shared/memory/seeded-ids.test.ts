import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededIds } from './seeded-ids.ts';
import { VirtualClock } from './virtual-clock.ts';

const take = (seed: number) => {
  const ids = new SeededIds(seed, new VirtualClock());
  return [ids.next('run'), ids.next('evt'), ids.ulid(), ids.hex(5), ids.random()];
};

test('the same seed gives the same', () => {
  assert.deepEqual(take(1), take(1));
  assert.notDeepEqual(take(1), take(2));
});

test('ids are in order and numbers in their range', () => {
  const ids = new SeededIds(7, new VirtualClock());
  const given = Array.from({ length: 1_000 }, () => ids.next('run'));
  assert.deepEqual([...given].sort(), given);
  assert.equal(ids.hex(3).length, 6);
  for (let count = 0; count < 1_000; count += 1) {
    const number = ids.random();
    assert.ok(number >= 0 && number < 1);
  }
});
