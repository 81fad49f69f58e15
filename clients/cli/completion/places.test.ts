import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeAfter } from './places.ts';

test('a place is found by what was typed before it', () => {
  const usage = 'list | show AGENT | publish FILE [--name NAME] [--number X.Y.Z]';
  assert.deepEqual(placeAfter(usage, []), ['list', 'show', 'publish']);
  assert.deepEqual(placeAfter(usage, ['show']), ['AGENT']);
  assert.deepEqual(placeAfter(usage, ['publish']), ['FILE']);
  assert.deepEqual(placeAfter(usage, ['list']), []);
  assert.deepEqual(placeAfter(usage, ['show', 'hello']), []);
});

test('a place may take one thing or another, be left out, or be filled again and again', () => {
  assert.deepEqual(placeAfter('AGENT[@VERSION]|FILE [--file PATH]… [--yes]', []), ['AGENT', 'FILE']);
  assert.deepEqual(placeAfter('[RUN] [--out DIR]', []), ['RUN']);
  assert.deepEqual(placeAfter('[FILE]…', ['a', 'b']), ['FILE']);
  assert.deepEqual(placeAfter('RUN NAME [--payload JSON|@FILE]', ['run_1']), ['NAME']);
  assert.deepEqual(placeAfter('', []), []);
});
