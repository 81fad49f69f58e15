import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SystemIds } from './system-ids.ts';

const ulid = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

test('ids have their prefix and are ULIDs in lower case', () => {
  const ids = new SystemIds();
  assert.match(ids.ulid(), ulid);
  const [prefix, rest] = ids.next('run').split('_');
  assert.equal(prefix, 'run');
  assert.match(rest ?? '', ulid);
});

test('bytes and numbers are in their ranges', () => {
  const ids = new SystemIds();
  assert.match(ids.hex(16), /^[0-9a-f]{32}$/);
  assert.match(ids.hex(5_000), /^[0-9a-f]{10000}$/);
  assert.equal(ids.hex(0), '');
  for (let count = 0; count < 2_000; count += 1) {
    const number = ids.random();
    assert.ok(number >= 0 && number < 1);
  }
});

test('nothing is given twice', () => {
  const ids = new SystemIds();
  const given = Array.from({ length: 5_000 }, () => [ids.ulid(), ids.hex(16)]).flat();
  assert.equal(new Set(given).size, given.length);
});
