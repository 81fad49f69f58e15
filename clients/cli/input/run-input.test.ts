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

/** What was brought to the server. */
const brought: Uint8Array[] = [];
const bring = async (bytes: Uint8Array) => `upload-${brought.push(bytes)}`;

test('JSON, files with JSON in them, and files to work on', async () => {
  assert.deepEqual(await readRunInput({ input: '{"x":[1]}' }, folder, bring), {
    input: { x: [1] },
    files: [],
  });
  assert.deepEqual(await readRunInput({ input: '@in.json' }, folder, bring), { input: { a: 1 }, files: [] });
  assert.deepEqual(await readRunInput({ input: 'in.json' }, folder, bring), { input: { a: 1 }, files: [] });
  assert.deepEqual(await readRunInput({ input: 'data/rows.csv' }, folder, bring), {
    input: { file: 'rows.csv' },
    files: [{ path: 'rows.csv', content: 'a,b\n' }],
  });
  assert.deepEqual(await readRunInput({}, folder, bring), { files: [] });
});

test('files keep their place; what is no text travels as base64', async () => {
  const { files } = await readRunInput({ file: ['data/rows.csv', 'binary'] }, folder, bring);
  assert.deepEqual(files, [
    { path: 'data/rows.csv', content: 'a,b\n' },
    { path: 'binary', content: '/wA=', encoding: 'base64' },
  ]);
  const { files: outside } = await readRunInput({ file: ['../binary'] }, join(folder, 'data'), bring);
  assert.equal(outside[0]?.path, 'binary');
});

test('what is neither is a mistake', async () => {
  for (const given of [{ input: 'hello' }, { input: '@absent' }, { file: ['absent'] }, { file: ['data'] }]) {
    await assert.rejects(readRunInput(given, folder, bring), UsageError);
  }
});

test('what is large is brought to the server first, and the run starts with its name', async () => {
  const rows = Buffer.alloc(200_000, 'a,b\n');
  const large = JSON.stringify({ text: 'x'.repeat(200_000) });
  writeFileSync(join(folder, 'large.csv'), rows);
  writeFileSync(join(folder, 'large.json'), large);
  brought.length = 0;
  const given = await readRunInput(
    { input: 'large.json', file: ['large.csv', 'data/rows.csv'] },
    folder,
    bring,
  );
  assert.deepEqual(given, {
    inputUpload: 'upload-2',
    files: [
      { path: 'large.csv', upload: 'upload-1' },
      { path: 'data/rows.csv', content: 'a,b\n' },
    ],
  });
  assert.deepEqual(
    brought.map((bytes) => bytes.length),
    [rows.length, large.length],
  );
});
