import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../domain/limits.ts';
import { wireLimits } from './limits.ts';

test('the wire promises what the core keeps', () => {
  assert.equal(wireLimits.bodyBytes, limits.bodyBytes);
  assert.equal(wireLimits.waitSeconds * 1_000, limits.waitMs);
  assert.equal(wireLimits.pageEvents, limits.pageEvents);
  assert.equal(wireLimits.uploadBytes, limits.uploadBytes);
  assert.equal(wireLimits.pathCharacters, limits.pathCharacters);
});
