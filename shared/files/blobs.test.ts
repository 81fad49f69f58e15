import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { sha256 } from '../domain/canonical.ts';
import { VirtualClock } from '../memory/virtual-clock.ts';
import { FileBlobs } from './blobs.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';

const content = Buffer.from('content');
const digest = sha256(content);

function open(context: TestContext, files: FileSystem = nodeFileSystem) {
  const parent = mkdtempSync(join(tmpdir(), 'tandem-blobs-'));
  context.after(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, 'blobs');
  const reopen = () =>
    new FileBlobs({ folder, baseUrl: () => '', key: Buffer.alloc(32), clock: new VirtualClock(), files });
  return { parent, folder, reopen, blobs: reopen() };
}

/** A file system that writes down what it is asked; `fail` may throw instead. */
function watched(calls: string[], fail: (call: string) => void = () => {}): FileSystem {
  const note = (call: string) => {
    calls.push(call);
    fail(call);
  };
  return {
    ...nodeFileSystem,
    open: async (path, flags, mode) => {
      const handle = await nodeFileSystem.open(path, flags, mode);
      const name = flags === 'wx' ? 'file' : basename(String(path));
      return {
        writeFile: async (bytes: Uint8Array) => {
          note(`write ${name}`);
          await handle.writeFile(bytes);
        },
        sync: async () => {
          note(`sync ${name}`);
          await handle.sync();
        },
        close: () => handle.close(),
      } as unknown as FileHandle;
    },
    rename: async (from, to) => {
      note('rename');
      await nodeFileSystem.rename(from, to);
    },
  };
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

const names = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

test('a blob is synced before it has its name, and its name before it is acknowledged', async (context) => {
  const calls: string[] = [];
  const { parent, blobs } = open(context, watched(calls));
  await blobs.forTenant('acme').put(content);
  const leaf = digest.slice(0, 2);
  assert.deepEqual(calls, [
    'sync acme',
    'sync blobs',
    `sync ${basename(parent)}`,
    'write file',
    'sync file',
    'rename',
    `sync ${leaf}`,
  ]);
});

test('a blob that is known to be durable costs no sync', async (context) => {
  const calls: string[] = [];
  const { blobs } = open(context, watched(calls));
  await blobs.forTenant('acme').put(content);
  calls.length = 0;
  await blobs.forTenant('acme').put(content);
  assert.deepEqual(calls, []);
});

test('a blob left by a process that died before its name was synced is synced again', async (context) => {
  const calls: string[] = [];
  const { blobs, reopen } = open(context, watched(calls));
  await blobs.forTenant('acme').put(content);
  calls.length = 0;
  await reopen().forTenant('acme').put(content);
  assert.equal(calls.at(-1), `sync ${digest.slice(0, 2)}`);
  assert.ok(!calls.includes('rename'));
});

test('a blob that was cut off is written again', async (context) => {
  const { folder, blobs } = open(context);
  mkdirSync(join(folder, 'acme', digest.slice(0, 2)), { recursive: true });
  writeFileSync(join(folder, 'acme', digest.slice(0, 2), digest), 'con');
  await assert.rejects(blobs.forTenant('acme').get(digest), { code: 'data.damaged' });
  await blobs.forTenant('acme').put(content);
  assert.deepEqual(await blobs.forTenant('acme').get(digest), content);
});

test('what a process that died had not finished is gone before the next blob is written', async (context) => {
  const { folder, blobs, reopen } = open(context);
  await blobs.forTenant('acme').put(content);
  const unfinished = join(folder, '.unfinished');
  writeFileSync(join(unfinished, 'left'), 'con');
  const ours = reopen().forTenant('acme');
  await Promise.all([ours.put(Buffer.from('one')), ours.put(Buffer.from('two'))]);
  assert.deepEqual(readdirSync(unfinished), []);
  assert.equal(names(folder).length, 3);
});

for (const cut of ['write file', 'sync file', 'rename']) {
  test(`a full disk at "${cut}" is told, leaves nothing behind, and passes`, async (context) => {
    let full = true;
    const files = watched([], (call) => {
      if (full && call === cut) throw failure('ENOSPC');
    });
    const { folder, blobs } = open(context, files);
    await assert.rejects(blobs.forTenant('acme').put(content), { code: 'data.full' });
    assert.deepEqual(names(folder), []);
    assert.equal(await blobs.forTenant('acme').get(digest), undefined);
    full = false;
    await blobs.forTenant('acme').put(content);
    assert.deepEqual(names(folder), [digest]);
  });
}

test('a folder that cannot be used is told', async (context) => {
  const { parent, folder, blobs } = open(context);
  writeFileSync(join(parent, 'blobs'), 'a file');
  await assert.rejects(blobs.forTenant('acme').put(content), {
    code: 'data.permission',
    message: new RegExp(folder),
  });
});

test('names that lead elsewhere are refused', async (context) => {
  const { blobs } = open(context);
  for (const tenant of ['..', '.', '', 'a/b', 'a\\b', '../acme', 'Acme', 'a\0', 'acme/..', 'a'.repeat(64)]) {
    await assert.rejects(blobs.forTenant(tenant).put(content), { code: 'request.invalid' }, tenant);
    await assert.rejects(blobs.forTenant(tenant).get(digest), { code: 'request.invalid' }, tenant);
  }
  for (const name of [
    '..',
    '',
    '../../etc/passwd',
    `${digest}/`,
    digest.toUpperCase(),
    digest.slice(1),
    `${digest}0`,
  ]) {
    const ours = blobs.forTenant('acme');
    await assert.rejects(ours.get(name), { code: 'request.invalid' }, name);
    await assert.rejects(ours.size(name), { code: 'request.invalid' }, name);
    await assert.rejects(
      ours.signedUrl(name, { method: 'PUT', expiresIn: 60 }),
      { code: 'request.invalid' },
      name,
    );
  }
});
