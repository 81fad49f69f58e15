import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onInterruption } from './interruption.ts';

test('whoever asks after Ctrl-C knows that it was pressed', () => {
  const before = onInterruption();
  assert.equal(before.aborted, false);
  process.emit('SIGHUP', 'SIGHUP');
  assert.equal(before.aborted, true);
  assert.equal(onInterruption(), before);
});
