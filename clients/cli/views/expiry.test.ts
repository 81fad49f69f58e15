import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expiryOf } from './expiry.ts';

const now = Date.UTC(2026, 0, 1);

for (const [typed, expected] of Object.entries({
  '90m': '2026-01-01T01:30:00.000Z',
  '12h': '2026-01-01T12:00:00.000Z',
  '30d': '2026-01-31T00:00:00.000Z',
  '2w': '2026-01-15T00:00:00.000Z',
  '2026-03-01T00:00:00Z': '2026-03-01T00:00:00.000Z',
})) {
  test(`${typed} is ${expected}`, () => assert.equal(expiryOf(typed, now), expected));
}

for (const typed of ['soon', '0d', '12', '-1d', '2025-12-31', '99999999d']) {
  test(`${typed} is refused, saying what is taken`, () => {
    assert.throws(() => expiryOf(typed, now), /--expires takes/);
  });
}
