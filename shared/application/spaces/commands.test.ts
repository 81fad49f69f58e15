import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Content } from '../../domain/content.ts';
import type { Json } from '../../domain/json.ts';
import { limits } from '../../domain/limits.ts';
import type { CommandResult } from '../../domain/operations.ts';
import { MemoryBlobs } from '../../memory/blobs.ts';
import { MemoryDisk } from '../../memory/disk.ts';
import type { TenantBlobs } from '../../ports/blobs.ts';
import { type Done, type InputFile, reportMessage } from '../../protocol/report.ts';
import { fromContent, toContent } from '../content.ts';
import { listFiles } from '../workspace/list-files.ts';
import { treeFromFiles } from '../workspace/tree-from-files.ts';
import { commandInput, uploadUrls } from './command-input.ts';
import { commandOutcome } from './command-outcome.ts';

const newBlobs = (): TenantBlobs => new MemoryBlobs(new MemoryDisk().open()).forTenant('acme');

const request = (args: Json): Content => ({ inline: args });

const absent = 'ab'.repeat(32);

function doneOf(more: Partial<Done>): Done {
  const quiet = {
    exitCode: 0,
    stdout: '',
    stderr: '',
    durationMs: 5,
    timedOut: false,
    changed: [],
    notes: [],
  };
  return reportMessage().parse({ type: 'done', ...quiet, ...more }) as Done;
}

describe('input of a command', () => {
  test('is the command with the defaults, and the workspace by signed addresses', async () => {
    const blobs = newBlobs();
    const tree = await treeFromFiles(blobs, [{ path: 'a/b.txt', content: 'b' }]);
    const input = await commandInput(blobs, { request: request({ command: 'ls' }), tree });
    const { files, ...rest } = input;
    assert.deepEqual(rest, { command: 'ls', cwd: '', env: {}, timeoutMs: limits.commandTimeoutMs.default });
    const [file] = files as readonly InputFile[];
    assert.deepEqual([file?.path, file?.size], ['a/b.txt', 1]);
    assert.match(file?.url ?? '', new RegExp(`${file?.digest}.*GET`));
  });

  test('keeps what the operation asks for', async () => {
    const args = { command: 'ls', cwd: 'a/', env: { A: '1' }, timeoutMs: 1_000 };
    const blobs = newBlobs();
    const input = await commandInput(blobs, { request: request(args), tree: null });
    assert.deepEqual(input, { ...args, cwd: 'a', files: [] });
  });

  test('a long list of files travels as a blob', async () => {
    const blobs = newBlobs();
    const given = Array.from({ length: 6_000 }, (_, index) => ({ path: `folder/${index}.txt`, content: '' }));
    const tree = await treeFromFiles(blobs, given);
    const { files } = await commandInput(blobs, { request: request({ command: 'ls' }), tree });
    assert.ok('url' in files);
    const list = await fromContent(blobs, { blob: files.digest, size: 0 });
    assert.equal((list as readonly Json[]).length, 6_000);
  });

  test('addresses for uploads are given for what is not stored yet', async () => {
    const blobs = newBlobs();
    const { blob } = await blobs.put(Buffer.from('there'));
    const urls = await uploadUrls(blobs, [blob, absent, absent]);
    assert.deepEqual(Object.keys(urls), [absent]);
    assert.match(urls[absent] ?? '', /PUT/);
  });
});

describe('outcome of a command', () => {
  test('is its result, with the changes applied to the workspace as it is now', async () => {
    const blobs = newBlobs();
    const tree = await treeFromFiles(blobs, [
      { path: 'old', content: 'old' },
      { path: 'meanwhile', content: 'written by another operation' },
    ]);
    const { blob: digest, size } = await blobs.put(Buffer.from('new'));
    const report = doneOf({
      exitCode: 2,
      stdout: 'out',
      changed: [
        { path: 'bin/new', digest, size, executable: true },
        { path: 'old', deleted: true },
      ],
    });
    const { outcome, tree: after } = await commandOutcome(blobs, { report, tree });
    assert.ok(outcome.ok);
    const value = (await fromContent(blobs, outcome.value)) as unknown as CommandResult;
    const result = { exitCode: 2, stdout: 'out', stderr: '', durationMs: 5, timedOut: false };
    assert.deepEqual(value, { ...result, changed: ['bin/new', 'old'] });
    const listed = await listFiles(blobs, after ?? null);
    assert.deepEqual(
      listed.map(({ path, executable }) => [path, executable]),
      [
        ['bin/new', true],
        ['meanwhile', undefined],
      ],
    );
  });

  test('without changes leaves the tree alone, and says what the worker noted', async () => {
    const blobs = newBlobs();
    const done = await commandOutcome(blobs, { report: doneOf({ notes: ['x is a link'] }), tree: null });
    assert.equal('tree' in done, false);
    assert.ok(done.outcome.ok);
    const value = (await fromContent(blobs, done.outcome.value)) as unknown as CommandResult;
    assert.deepEqual(value.notes, ['x is a link']);
  });

  test('long lists of changes and long output come as blobs', async () => {
    const blobs = newBlobs();
    const { blob: digest, size } = await blobs.put(Buffer.from('x'));
    const list = await toContent(blobs, Array(3_000).fill({ path: 'x', digest, size }));
    assert.ok('blob' in list);
    const report = doneOf({ changed: list, stdout: 'o'.repeat(limits.inlineBytes) });
    const { outcome, tree } = await commandOutcome(blobs, { report, tree: null });
    assert.ok(outcome.ok && 'blob' in outcome.value);
    assert.equal(tree, await treeFromFiles(blobs, [{ path: 'x', content: 'x' }]));
  });

  test('a worker that names what it has not uploaded is not believed', async () => {
    const blobs = newBlobs();
    const { blob } = await blobs.put(Buffer.from('12345'));
    const { blob: text } = await blobs.put(Buffer.from('no list'));
    const lies: Done['changed'][] = [
      [{ path: 'x', digest: absent, size: 1 }],
      [{ path: 'x', digest: blob, size: 4 }],
      { blob: absent, size: 1 },
      { blob, size: 5 },
      { blob: text, size: 7 },
    ];
    for (const changed of lies) {
      const { outcome, tree } = await commandOutcome(blobs, { report: doneOf({ changed }), tree: null });
      assert.equal(tree, undefined);
      assert.equal(outcome.ok ? 'ok' : outcome.error.code, 'operation.failed');
    }
  });

  test('changes that no longer fit the workspace are an outcome that says so', async () => {
    const blobs = newBlobs();
    const tree = await treeFromFiles(blobs, [{ path: 'a/b', content: '' }]);
    const { blob: digest, size } = await blobs.put(Buffer.from('x'));
    const report = doneOf({ changed: [{ path: 'a', digest, size }] });
    const { outcome } = await commandOutcome(blobs, { report, tree });
    assert.match(outcome.ok ? '' : outcome.error.message, /has run.*a is a folder/);
  });

  test('a command that could not be carried out is a failure in its words', async () => {
    const error = { code: 'limit.exceeded', message: 'too large' } as const;
    const { outcome } = await commandOutcome(newBlobs(), { report: { type: 'failed', error }, tree: null });
    assert.deepEqual(outcome, { ok: false, error });
  });
});
