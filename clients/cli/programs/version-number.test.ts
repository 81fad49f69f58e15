import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTrial, nextNumber, nextTrial } from './version-number.ts';

test('the next version number', () => {
  assert.equal(nextNumber([]), '1.0.0');
  assert.equal(nextNumber(['1.0.9', '1.0.10', '0.9.0']), '1.0.11');
  assert.equal(nextNumber(['1.0.0', '2.0.0-rc.1']), '2.0.0');
  assert.equal(nextNumber(['2.0.0', '2.0.0-rc.1']), '2.0.1');
});

test('trials count up to the version that comes next, which is none', () => {
  assert.equal(nextTrial([]), '1.0.0-dev.1');
  assert.equal(nextTrial(['1.0.0', '1.0.1-dev.1', '1.0.1-dev.2', '1.0.1-dev.10']), '1.0.1-dev.11');
  assert.equal(nextTrial(['1.0.1', '1.0.1-dev.2']), '1.0.2-dev.1');
  assert.equal(nextNumber(['1.0.0', '1.0.1-dev.2']), '1.0.1');
  assert.deepEqual(['1.0.1-dev.2', '1.0.1', '1.0.1-rc.2'].map(isTrial), [true, false, false]);
});
