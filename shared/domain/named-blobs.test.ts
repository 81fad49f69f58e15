import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { RunEvent } from './events.ts';
import { namedBlobs } from './named-blobs.ts';

const blob = (letter: string) => ({ blob: letter.repeat(64), size: 3 });
const event = (type: string, payload: unknown): RunEvent => ({ type, payload }) as RunEvent;

it('every place of a log that can name a blob is known', () => {
  const record = { kind: 'file.write', hash: 'h', request: blob('b') };
  const artifact = { ...blob('d'), name: 'n', path: 'p', mediaType: 'text/plain' };
  const completed = { operation: 1, record, outcome: { ok: true, value: blob('c') }, tree: 'e', artifact };
  const named = [
    event('run.created', { input: blob('a'), tree: 'f' }),
    event('operation.completed', completed),
    event('operation.requested', { request: blob('1') }),
    event('operation.late', { outcome: { ok: true, value: blob('2') } }),
    event('run.succeeded', { output: blob('3') }),
  ].map(namedBlobs);
  assert.deepEqual(
    named.map(({ contents }) => contents),
    [[blob('a')], [blob('b'), blob('c'), blob('d')], [blob('1')], [blob('2')], [blob('3')]],
  );
  assert.deepEqual(
    named.map(({ trees }) => trees),
    [['f'], ['e'], [], [], []],
  );
});

it('what stands in the event itself, a failure or an empty workspace name nothing', () => {
  const nothing = { contents: [], trees: [] };
  assert.deepEqual(namedBlobs(event('run.created', { input: { inline: 1 }, tree: null })), nothing);
  const failed = { operation: 1, outcome: { ok: false, error: { code: 'x', message: 'y' } } };
  assert.deepEqual(namedBlobs(event('operation.completed', failed)), nothing);
  assert.deepEqual(namedBlobs(event('run.paused', {})), nothing);
});
