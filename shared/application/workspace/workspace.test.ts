import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from '../../domain/canonical.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import { MemoryBlobs } from '../../memory/blobs.ts';
import { MemoryDisk } from '../../memory/disk.ts';
import type { TenantBlobs } from '../../ports/blobs.ts';
import { applyChanges, type WorkspaceChange } from './apply-changes.ts';
import { deleteFile, readFile, writeFile } from './files.ts';
import { listFiles } from './list-files.ts';
import { treeFromFiles } from './tree-from-files.ts';

const newBlobs = (): TenantBlobs => new MemoryBlobs(new MemoryDisk().open()).forTenant('acme');

const bytes = (text: string) => Buffer.from(text, 'utf8');

const failsWith = (code: string, message: RegExp) => (error: unknown) =>
  isTandemError(error) && error.code === code && message.test(error.message);

async function treeOf(blobs: TenantBlobs, files: Record<string, string>) {
  return treeFromFiles(
    blobs,
    Object.entries(files).map(([path, content]) => ({ path, content })),
  );
}

async function contentsOf(blobs: TenantBlobs, root: string | null) {
  const contents: Record<string, string> = {};
  for (const { path } of await listFiles(blobs, root)) {
    contents[path] = Buffer.from(await readFile(blobs, root, path)).toString();
  }
  return contents;
}

describe('workspace', () => {
  test('what is written is read, and the tree before is untouched', async () => {
    const blobs = newBlobs();
    const first = await writeFile(blobs, null, { path: 'a/b/c.txt', bytes: bytes('one') });
    const second = await writeFile(blobs, first.root, { path: 'a/b/c.txt', bytes: bytes('two') });
    assert.deepEqual(await contentsOf(blobs, first.root), { 'a/b/c.txt': 'one' });
    assert.deepEqual(await contentsOf(blobs, second.root), { 'a/b/c.txt': 'two' });
  });

  test('equal workspaces have one root, however they came about', async () => {
    const blobs = newBlobs();
    const files = { 'z.txt': 'z', 'a/1': '1', 'a/10': '10', 'a/2': '2', 'a.b/c': 'c', __proto__x: 'p' };
    const atOnce = await treeOf(blobs, files);
    let oneByOne: string | null = null;
    for (const [path, content] of Object.entries(files).reverse()) {
      oneByOne = (await writeFile(blobs, oneByOne, { path, bytes: bytes(content) })).root;
    }
    assert.equal(oneByOne, atOnce);
  });

  test('names that objects trip over are ordinary names', async () => {
    const blobs = newBlobs();
    const root = await treeFromFiles(blobs, [
      { path: '__proto__', content: 'a' },
      { path: 'constructor/__proto__', content: 'b' },
    ]);
    const listed = await listFiles(blobs, root);
    assert.deepEqual(
      listed.map(({ path }) => path),
      ['__proto__', 'constructor/__proto__'],
    );
    assert.equal(Buffer.from(await readFile(blobs, root, 'constructor/__proto__')).toString(), 'b');
  });

  test('a folder goes with its last file, and the workspace with its last folder', async () => {
    const blobs = newBlobs();
    const root = await treeOf(blobs, { 'a/b/c.txt': 'c', 'd.txt': 'd' });
    const without = await deleteFile(blobs, root, 'a/b/c.txt');
    assert.equal(without, await treeOf(blobs, { 'd.txt': 'd' }));
    assert.equal(await deleteFile(blobs, without, 'd.txt'), null);
  });

  test('files are listed in order of their paths, from any folder on', async () => {
    const blobs = newBlobs();
    const root = await treeOf(blobs, { 'b.txt': '', 'a/x': '', 'a.txt': '', 'a/b/y': '', 'a-b': '' });
    const paths = async (prefix?: string) => (await listFiles(blobs, root, prefix)).map(({ path }) => path);
    assert.deepEqual(await paths(), ['a-b', 'a.txt', 'a/b/y', 'a/x', 'b.txt']);
    assert.deepEqual(await paths('a'), ['a/b/y', 'a/x']);
    assert.deepEqual(await paths('b.txt'), ['b.txt']);
    assert.deepEqual(await paths('nowhere'), []);
  });

  test('what is not there, and what is something else, is said', async () => {
    const blobs = newBlobs();
    const root = await treeOf(blobs, { 'a/b.txt': 'b' });
    const write = (path: string) => writeFile(blobs, root, { path, bytes: bytes('x') });
    await assert.rejects(readFile(blobs, root, 'a/c.txt'), failsWith('file.not-found', /no file a\/c\.txt/));
    await assert.rejects(readFile(blobs, root, 'a/b.txt/c'), failsWith('file.not-found', /a\/b\.txt\/c/));
    await assert.rejects(readFile(blobs, root, 'a'), failsWith('file.conflict', /a is a folder/));
    await assert.rejects(deleteFile(blobs, root, 'a'), failsWith('file.conflict', /a is a folder/));
    await assert.rejects(write('a'), failsWith('file.conflict', /a is a folder/));
    await assert.rejects(write('a/b.txt/c'), failsWith('file.conflict', /a\/b\.txt is a file/));
  });

  test('in one set of changes a file may become a folder, and the reverse', async () => {
    const blobs = newBlobs();
    const root = await treeOf(blobs, { file: 'x', 'folder/y': 'y' });
    const { blob: digest, size } = await blobs.put(bytes('new'));
    const changes: WorkspaceChange[] = [
      { path: 'file/inner', digest, size },
      { path: 'file', deleted: true },
      { path: 'folder', digest, size },
      { path: 'folder/y', deleted: true },
    ];
    const changed = await applyChanges(blobs, root, changes);
    assert.deepEqual(await contentsOf(blobs, changed), { 'file/inner': 'new', folder: 'new' });
  });

  test('deleting what is not there changes nothing', async () => {
    const blobs = newBlobs();
    const root = await treeOf(blobs, { 'a/b': 'b' });
    for (const path of ['x', 'x/y', 'a/c', 'a', 'a/b/c']) {
      assert.equal(await applyChanges(blobs, root, [{ path, deleted: true }]), root);
    }
  });

  test('a file that can be executed stays so when it is written again', async () => {
    const blobs = newBlobs();
    const { blob: digest, size } = await blobs.put(bytes('#!'));
    const root = await applyChanges(blobs, null, [{ path: 'run', digest, size, executable: true }]);
    const { root: after } = await writeFile(blobs, root, { path: 'run', bytes: bytes('#!/bin/sh') });
    assert.equal((await listFiles(blobs, after))[0]?.executable, true);
  });

  test('a change among 10,000 files stores only the folders on its path', async () => {
    const blobs = newBlobs();
    const files = Array.from({ length: 10_000 }, (_, index) => ({
      path: `${index % 10}/${Math.floor(index / 10) % 10}/${Math.floor(index / 100) % 10}/${index}`,
      content: '',
    }));
    const root = await treeFromFiles(blobs, files);
    let stored = 0;
    let read = 0;
    const counting: TenantBlobs = {
      ...blobs,
      put: (content) => {
        stored += 1;
        return blobs.put(content);
      },
      get: (digest) => {
        read += 1;
        return blobs.get(digest);
      },
    };
    await writeFile(counting, root, { path: '1/2/3/new', bytes: bytes('new') });
    // The file and the four folders above it.
    assert.deepEqual({ stored, read }, { stored: 5, read: 4 });
  });

  test('a folder is the canonical JSON of its entries', async () => {
    const blobs = newBlobs();
    const { blob: digest, size } = await blobs.put(bytes('x'));
    const names = ['b', 'a', '10', '9', '"', '__proto__', 'ü', '😀', '\uffee'];
    const changes = names.map((path, index) => ({ path, digest, size, executable: index % 2 === 0 }));
    const root = await applyChanges(blobs, null, [...changes, { path: 'f/g', digest, size }]);
    const text = Buffer.from((await blobs.get(root ?? '')) ?? 'none').toString();
    assert.equal(text, canonicalJson(JSON.parse(text)));
    assert.equal((await listFiles(blobs, root)).length, names.length + 1);
  });

  test('a folder whose blob is missing is damage, not an empty folder', async () => {
    const blobs = newBlobs();
    await assert.rejects(listFiles(blobs, 'ab'.repeat(32)), failsWith('data.damaged', /missing/));
  });

  test('any changes lead to the same tree as a map of paths', async () => {
    const seed = Date.now();
    console.log(`seed ${seed}`);
    const name = fc.constantFrom('a', 'b', 'c');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
    const step = fc.record({ path, content: fc.option(fc.constantFrom('1', '2')) });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 8 }), async (batches) => {
        const blobs = newBlobs();
        let root: string | null = null;
        let model = new Map<string, string>();
        for (const batch of batches) {
          const expected = modelAfter(model, batch);
          const changes = await Promise.all(batch.map((one) => changeOf(blobs, one)));
          const after: string | null | undefined = await applyChanges(blobs, root, changes).catch(
            () => undefined,
          );
          assert.equal(after === undefined, expected === undefined);
          if (after === undefined || expected === undefined) continue;
          root = after;
          model = expected;
        }
        assert.deepEqual(await contentsOf(blobs, root), Object.fromEntries(model));
        assert.equal(root, await treeOf(blobs, Object.fromEntries(model)));
      }),
      { seed, numRuns: 300 },
    );
  });
});

interface Step {
  readonly path: string;
  /** `null`: deleted. */
  readonly content: string | null;
}

async function changeOf(blobs: TenantBlobs, { path, content }: Step): Promise<WorkspaceChange> {
  if (content === null) return { path, deleted: true };
  const { blob: digest, size } = await blobs.put(bytes(content));
  return { path, digest, size };
}

/** `undefined` when two files would stand where one's path leads through the other. */
function modelAfter(
  before: ReadonlyMap<string, string>,
  batch: readonly Step[],
): Map<string, string> | undefined {
  const after = new Map(before);
  for (const [path, content] of new Map(batch.map((one) => [one.path, one.content]))) {
    if (content === null) after.delete(path);
    else after.set(path, content);
  }
  const paths = [...after.keys()];
  const isBlocked = paths.some((path) => paths.some((other) => other.startsWith(`${path}/`)));
  return isBlocked ? undefined : after;
}
