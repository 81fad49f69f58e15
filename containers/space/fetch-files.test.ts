import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openReportServer } from '../../test/contract/report-server.ts';
import { CommandFailure } from './failure.ts';
import { fetchFiles } from './fetch-files.ts';

/** Never aborts. */
const goOn = new AbortController().signal;

async function setUp(context: TestContext) {
  const { desk } = await openReportServer(context);
  const folder = mkdtempSync(join(tmpdir(), 'tandem-fetch-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const store = async (text: string) => {
    const { blob: digest, size } = await desk.blobs.put(Buffer.from(text));
    return { digest, size, url: await desk.blobs.signedUrl(digest, { method: 'GET', expiresIn: 60 }) };
  };
  return { folder, store };
}

test('files are put where they belong, those that can be executed as such', async (context) => {
  const { folder, store } = await setUp(context);
  const file = { path: 'a/b/run.sh', ...(await store('#!/bin/sh')), executable: true } as const;
  const fetched = await fetchFiles([file], folder, goOn);
  assert.equal(readFileSync(join(folder, 'a/b/run.sh'), 'utf8'), '#!/bin/sh');
  if (process.platform !== 'win32') assert.equal(statSync(join(folder, 'a/b/run.sh')).mode & 0o111, 0o111);
  assert.deepEqual([...fetched.keys()], ['a/b/run.sh']);
});

test('a long list is fetched first', async (context) => {
  const { folder, store } = await setUp(context);
  const list = await store(JSON.stringify([{ path: 'x', ...(await store('from the list')) }]));
  await fetchFiles(list, folder, goOn);
  assert.equal(readFileSync(join(folder, 'x'), 'utf8'), 'from the list');
});

test('bytes that are not what their digest says are refused', async (context) => {
  const { folder, store } = await setUp(context);
  const file = { path: 'x', ...(await store('right')), digest: 'ab'.repeat(32) };
  await assert.rejects(fetchFiles([file], folder, goOn), CommandFailure);
});

test('a file system that takes two names for one loses nothing in silence', async (context) => {
  const { folder, store } = await setUp(context);
  const file = { path: 'x', ...(await store('x')) };
  await assert.rejects(fetchFiles([file, file], folder, goOn), /EEXIST/);
});
