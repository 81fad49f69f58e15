import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { UsageError } from '../usage-error.ts';
import { readRunInput } from './run-input.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-input-'));
after(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'data'));
writeFileSync(join(folder, 'in.json'), '{"a":1}');
writeFileSync(join(folder, 'data/rows.csv'), 'a,b\n');
writeFileSync(join(folder, 'binary'), Buffer.from([0xff, 0x00]));

test('JSON, files with JSON in them, and files to work on', async () => {
  assert.deepEqual(await readRunInput({ input: '{"x":[1]}' }, folder), { input: { x: [1] }, files: [] });
  assert.deepEqual(await readRunInput({ input: '@in.json' }, folder), { input: { a: 1 }, files: [] });
  assert.deepEqual(await readRunInput({ input: 'in.json' }, folder), { input: { a: 1 }, files: [] });
  assert.deepEqual(await readRunInput({ input: 'data/rows.csv' }, folder), {
    input: { file: 'rows.csv' },
    files: [{ path: 'rows.csv', content: 'a,b\n' }],
  });
  assert.deepEqual(await readRunInput({}, folder), { files: [] });
});

test('files keep their place; what is no text travels as base64', async () => {
  const { files } = await readRunInput({ file: ['data/rows.csv', 'binary'] }, folder);
  assert.deepEqual(files, [
    { path: 'data/rows.csv', content: 'a,b\n' },
    { path: 'binary', content: '/wA=', encoding: 'base64' },
  ]);
  const { files: outside } = await readRunInput({ file: ['../binary'] }, join(folder, 'data'));
  assert.equal(outside[0]?.path, 'binary');
});

test('what is neither is a mistake', async () => {
  for (const given of [{ input: 'hello' }, { input: '@absent' }, { file: ['absent'] }, { file: ['data'] }]) {
    await assert.rejects(readRunInput(given, folder), UsageError);
  }
});
