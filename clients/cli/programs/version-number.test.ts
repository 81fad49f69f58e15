import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextNumber } from './version-number.ts';

test('the next version number', () => {
  assert.equal(nextNumber([]), '1.0.0');
  assert.equal(nextNumber(['1.0.9', '1.0.10', '0.9.0']), '1.0.11');
  assert.equal(nextNumber(['1.0.0', '2.0.0-rc.1']), '2.0.0');
  assert.equal(nextNumber(['2.0.0', '2.0.0-rc.1']), '2.0.1');
});
