import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, duration, offset, size } from './units.ts';

test('durations', () => {
  const shown = [0, 42.4, 1_449, 59_949, 185_000, 7_800_000, 300_000_000].map(duration);
  assert.deepEqual(shown, ['0 ms', '42 ms', '1.4 s', '59.9 s', '3 m 05 s', '2 h 10 m', '3 d 11 h']);
  assert.equal(offset(1_234), '1.23 s');
});

test('sizes', () => {
  const shown = [0, 812, 6_140, 61_400, 999_999, 4_200_000, 80e9].map(size);
  assert.deepEqual(shown, ['0 B', '812 B', '6.1 kB', '61 kB', '1000 kB', '4.2 MB', '80 GB']);
});

test('counts', () => {
  assert.deepEqual([count(1, 'event'), count(1_200, 'event')], ['1 event', '1,200 events']);
});
