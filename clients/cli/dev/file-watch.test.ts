import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { FileWatch } from './file-watch.ts';

const root = mkdtempSync(join(tmpdir(), 'tandem-watch-'));
after(() => rmSync(root, { recursive: true }));

const never = new AbortController().signal;

function watching(...names: string[]) {
  const watch = new FileWatch(5);
  const paths = names.map((name) => join(root, name));
  for (const path of paths) watch.add(path);
  return { watch, paths: paths as [string, ...string[]] };
}

test('a file that is saved is named, others are not', async () => {
  for (const name of ['a', 'b']) writeFileSync(join(root, name), 'old');
  const { watch, paths } = watching('a', 'b');
  writeFileSync(paths[0], 'new, and longer');
  assert.deepEqual(await watch.saved(never), [paths[0]]);
});

test('a save between two waits is noticed; so is a file that takes the place of another', async () => {
  const { watch, paths } = watching('replaced', 'made');
  writeFileSync(paths[0], 'first');
  assert.deepEqual(await watch.saved(never), [paths[0]]);
  writeFileSync(join(root, 'temporary'), 'after');
  renameSync(join(root, 'temporary'), paths[0]);
  assert.deepEqual(await watch.saved(never), [paths[0]]);
});

test('a file that was missing is noticed once it is made, and once it is gone again', async () => {
  const { watch, paths } = watching('missing');
  const made = watch.saved(never);
  writeFileSync(paths[0], '');
  assert.deepEqual(await made, paths);
  rmSync(paths[0]);
  assert.deepEqual(await watch.saved(never), paths);
});

test('saves in a row are one', async () => {
  const { watch, paths } = watching('one', 'two');
  const saved = watch.saved(never);
  for (const path of paths) writeFileSync(path, 'text');
  assert.deepEqual([...(await saved)].sort(), [...paths].sort());
});

test('waiting ends with its signal', async () => {
  const { watch } = watching('quiet');
  await assert.rejects(watch.saved(AbortSignal.abort()), { name: 'AbortError' });
});
