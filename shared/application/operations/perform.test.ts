import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../domain/json.ts';
import { limits } from '../../domain/limits.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import { MemoryBlobs } from '../../memory/blobs.ts';
import { MemoryDisk } from '../../memory/disk.ts';
import { SeededIds } from '../../memory/seeded-ids.ts';
import { VirtualClock } from '../../memory/virtual-clock.ts';
import type { TenantBlobs } from '../../ports/blobs.ts';
import { fromContent } from '../content.ts';
import { treeFromFiles } from '../workspace/tree-from-files.ts';
import { isPerformable, perform } from './perform.ts';
import type { PerformableKind } from './performer.ts';

interface Bench {
  readonly blobs: TenantBlobs;
  /** Performs on `tree`; gives the outcome with its value, and the rest. */
  readonly ask: (kind: PerformableKind, args: Json, tree?: string | null) => ReturnType<typeof performed>;
  readonly tree: (files: Record<string, string>) => Promise<string | null>;
}

function bench(): Bench {
  const blobs = new MemoryBlobs(new MemoryDisk().open()).forTenant('acme');
  const clock = new VirtualClock(1_000);
  const surroundings = { blobs, clock, ids: new SeededIds(1, clock) };
  return {
    blobs,
    ask: (kind, args, tree = null) =>
      performed(blobs, perform({ kind, arguments: args, tree, ...surroundings })),
    tree: (files) =>
      treeFromFiles(
        blobs,
        Object.entries(files).map(([path, content]) => ({ path, content })),
      ),
  };
}

async function performed(blobs: TenantBlobs, performing: ReturnType<typeof perform>) {
  const { outcome, request, ...effects } = await performing;
  return {
    ...effects,
    ...(outcome.ok
      ? { value: (await fromContent(blobs, outcome.value)) as never }
      : { error: outcome.error }),
    request: await fromContent(blobs, request),
    spilled: outcome.ok && 'blob' in outcome.value,
  } as {
    value?: Record<string, unknown>;
    error?: { code: string; message: string; details?: Json };
    request: Json;
    tree?: string | null;
    artifact?: unknown;
    spilled: boolean;
  };
}

describe('file operations', () => {
  test('a file is written, read, listed and deleted', async () => {
    const { ask } = bench();
    const written = await ask('file.write', { path: 'a/b.txt', content: 'grün' });
    assert.deepEqual([written.value?.['path'], written.value?.['bytesWritten']], ['a/b.txt', 5]);
    const read = await ask('file.read', { path: 'a/b.txt' }, written.tree);
    assert.deepEqual(read.value, { path: 'a/b.txt', content: 'grün', encoding: 'utf-8', size: 5 });
    assert.equal(read.tree, undefined);
    const listed = await ask('file.list', {}, written.tree);
    assert.deepEqual(listed.value, {
      files: [{ path: 'a/b.txt', digest: written.value?.['digest'], size: 5 }],
    });
    const deleted = await ask('file.delete', { path: 'a/b.txt' }, written.tree);
    assert.deepEqual([deleted.value, deleted.tree], [{ path: 'a/b.txt' }, null]);
  });

  test('bytes travel as base64', async () => {
    const { ask } = bench();
    const content = Buffer.from([0, 255, 254]).toString('base64');
    const { tree } = await ask('file.write', { path: 'bin', content, encoding: 'base64' });
    const read = await ask('file.read', { path: 'bin', encoding: 'base64' }, tree);
    assert.deepEqual(read.value, { path: 'bin', content, encoding: 'base64', size: 3 });
    const asText = await ask('file.read', { path: 'bin' }, tree);
    assert.equal(asText.error?.code, 'file.not-text');
    assert.match(asText.error?.message ?? '', /base64/);
  });

  test('what only looks like base64 is refused', async () => {
    const { ask } = bench();
    for (const content of ['abc', 'ab c=', 'ab\n=', 'YQ=', 'YR==', 'a-_=']) {
      const { error, tree } = await ask('file.write', { path: 'x', content, encoding: 'base64' });
      assert.deepEqual([error?.code, tree], ['operation.invalid', undefined], content);
    }
  });

  test('a byte order mark and every line end come back as they were', async () => {
    const { ask } = bench();
    const content = '\ufeffa\r\nb\n';
    const { tree } = await ask('file.write', { path: 'x', content });
    assert.equal((await ask('file.read', { path: 'x' }, tree)).value?.['content'], content);
  });

  test('writing what is there already changes nothing', async () => {
    const { ask, tree } = bench();
    const root = await tree({ x: 'same' });
    const written = await ask('file.write', { path: 'x', content: 'same' }, root);
    assert.equal(written.value?.['bytesWritten'], 4);
    assert.equal('tree' in written, false);
  });

  test('the record of a write holds no content, also when it failed', async () => {
    const { ask } = bench();
    const written = await ask('file.write', { path: 'x', content: 'secret' });
    assert.deepEqual(written.request, {
      path: 'x',
      digest: written.value?.['digest'],
      size: 6,
      encoding: 'utf-8',
    });
    const failed = await ask('file.write', { path: '../x', content: 'secret' });
    assert.equal(failed.error?.code, 'operation.invalid');
    assert.deepEqual(failed.request, { path: '../x' });
  });

  test('files have a greatest size', async () => {
    const { ask } = bench();
    const { error } = await ask('file.write', { path: 'x', content: 'x'.repeat(limits.fileBytes + 1) });
    assert.equal(error?.code, 'limit.exceeded');
  });

  test('large values and requests spill', async () => {
    const { ask, tree } = bench();
    const large = 'x'.repeat(limits.inlineBytes);
    const root = await tree({ large, small: 'x' });
    assert.equal((await ask('file.read', { path: 'large' }, root)).spilled, true);
    assert.equal((await ask('file.read', { path: 'small' }, root)).spilled, false);
    const edits = [{ oldContent: large, newContent: 'y' }];
    assert.deepEqual((await ask('file.edit', { path: 'large', edits }, root)).request, {
      path: 'large',
      edits,
    });
  });
});

describe('file.edit', () => {
  test('each edit replaces the first match, on what the edits before left', async () => {
    const { ask, tree } = bench();
    const root = await tree({ x: 'a b a' });
    const edits = [
      { oldContent: 'a', newContent: 'b' },
      { oldContent: 'b', newContent: 'c' },
    ];
    const edited = await ask('file.edit', { path: 'x', edits }, root);
    assert.equal(edited.value?.['editsApplied'], 2);
    assert.equal((await ask('file.read', { path: 'x' }, edited.tree)).value?.['content'], 'c b a');
  });

  test('text is literal on both sides', async () => {
    const { ask, tree } = bench();
    const root = await tree({ x: 'cost: $1 (.*)' });
    const edits = [{ oldContent: '(.*)', newContent: "$& $' $$ $1" }];
    const { tree: after } = await ask('file.edit', { path: 'x', edits }, root);
    assert.equal((await ask('file.read', { path: 'x' }, after)).value?.['content'], "cost: $1 $& $' $$ $1");
  });

  test('all edits are made or none', async () => {
    const { ask, tree } = bench();
    const root = await tree({ x: 'a' });
    const edits = [
      { oldContent: 'a', newContent: 'b' },
      { oldContent: 'a', newContent: 'c' },
    ];
    const { error, tree: after } = await ask('file.edit', { path: 'x', edits }, root);
    assert.equal(error?.code, 'file.no-match');
    assert.deepEqual(error?.details, { path: 'x', edit: 2 });
    assert.equal(after, undefined);
  });
});

test('an artefact is the content that a file has now', async () => {
  const { ask, tree } = bench();
  const root = await tree({ 'out/report.md': '# Report' });
  const { value, artifact } = await ask('artifact.add', { path: 'out/report.md' }, root);
  const { digest, size } = value as { digest: string; size: number };
  const labels = { name: 'report.md', path: 'out/report.md', mediaType: 'text/markdown; charset=utf-8' };
  assert.deepEqual(value, { ...labels, digest, size: 8 });
  assert.deepEqual(artifact, { ...labels, blob: digest, size });
  const named = await ask(
    'artifact.add',
    { path: 'out/report.md', name: 'x', mediaType: 'text/plain' },
    root,
  );
  assert.deepEqual([named.value?.['name'], named.value?.['mediaType']], ['x', 'text/plain']);
  assert.equal((await ask('artifact.add', { path: 'none' }, root)).error?.code, 'file.not-found');
});

test('time, randomness and ids come from the ports', async () => {
  const { ask } = bench();
  assert.equal((await ask('now', {})).value, 1_000);
  const random = (await ask('random', {})).value as unknown as number;
  assert.ok(random >= 0 && random < 1);
  assert.match((await ask('id', {})).value as unknown as string, /^[0-9a-z]{26}$/);
  const log = await ask('log', { message: 'hello', data: { a: 1 } });
  assert.deepEqual([log.value, log.request], [null, { message: 'hello', data: { a: 1 } }]);
});

test('arguments of another shape are an outcome that names the fault', async () => {
  const { ask } = bench();
  const { error } = await ask('file.edit', { path: 'x', edits: [] });
  assert.equal(error?.code, 'operation.invalid');
  assert.match(error?.message ?? '', /^edits: expected /);
  assert.equal((await ask('file.read', 'x')).error?.code, 'operation.invalid');
});

test('a failing store is thrown, not recorded as the fault of the agent', async () => {
  const { ask } = bench();
  await assert.rejects(ask('file.list', {}, 'ab'.repeat(32)), (error) =>
    isTandemError(error, 'data.damaged'),
  );
});

test('only what is done on the spot is performable', () => {
  assert.equal(isPerformable('file.read'), true);
  assert.equal(isPerformable('now'), true);
  assert.equal(isPerformable('command.run'), false);
  assert.equal(isPerformable('sleep'), false);
});
