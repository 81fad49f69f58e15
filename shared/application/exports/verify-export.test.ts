import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { begin, memoryApp, someRun } from '../../../test/support/memory-app.ts';
import { sealEvent } from '../../domain/chain.ts';
import type { EventDraft } from '../../domain/events.ts';
import { paddingOf, tarBlock, tarEnd, tarHeader } from '../../domain/exports/tar.ts';
import { Ed25519Signer, generateSigningKey } from '../../system/ed25519-signer.ts';
import { type App, createApp } from '../app.ts';
import { toContent } from '../content.ts';
import { treeFromFiles } from '../workspace/tree-from-files.ts';
import { exportRun } from './export-run.ts';
import { type VerifiedExport, verifyExport } from './verify-export.ts';

const signer = new Ed25519Signer(generateSigningKey());
const request = { ...someRun, children: false };

/** An ended run with a folder in a folder, an artefact and a value that is a blob. */
async function endedRun(): Promise<App> {
  const app = createApp({ ...memoryApp(), signer });
  const blobs = app.blobs.forTenant(someRun.tenant);
  const files = [
    { path: 'a.txt', content: 'A' },
    { path: 'deep/er/b.txt', content: 'B'.repeat(700) },
  ];
  const tree = await treeFromFiles(blobs, files);
  const artifact = {
    ...(await blobs.put(Buffer.from('A'))),
    name: 'a',
    path: 'a.txt',
    mediaType: 'text/plain',
  };
  const value = await toContent(blobs, 'x'.repeat(200_000));
  const record = {
    kind: 'file.write',
    hash: 'c'.repeat(64),
    request: { inline: { path: 'a.txt' } },
  } as const;
  const done: EventDraft = {
    type: 'operation.completed',
    by: 'run',
    payload: { operation: 1, record, outcome: { ok: true, value }, tree, artifact },
  };
  await begin(app, done);
  await app.runs.update(someRun.tenant, someRun.run, () => [
    { type: 'run.succeeded', by: 'run', payload: { output: { inline: 'dönè 🎉' } } },
  ]);
  return app;
}

async function bytesOf(app: App, children = false): Promise<Buffer> {
  const { size, bytes } = await exportRun(app, { ...request, children });
  const whole = Buffer.concat(await Array.fromAsync(bytes));
  assert.equal(whole.byteLength, size);
  return whole;
}

/** In parts of odd sizes, as they come from a disk or a network. */
async function* parts(bytes: Uint8Array, size = 777): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

const check = (bytes: Uint8Array, key?: string): Promise<VerifiedExport> =>
  verifyExport(parts(bytes), key === undefined ? {} : { key });

const findingsOf = ({ runs, findings }: VerifiedExport) => [
  ...findings,
  ...runs.flatMap((run) => run.findings),
];

describe('an export', () => {
  let whole: Buffer;
  let app: App;
  before(async () => {
    app = await endedRun();
    whole = await bytesOf(app);
  });

  it('is the same bytes each time, and sound', async () => {
    assert.deepEqual(await bytesOf(app), whole);
    const verified = await check(whole, signer.key);
    assert.deepEqual(findingsOf(verified), []);
    assert.deepEqual([verified.runs[0]?.events, verified.tenant], [4, someRun.tenant]);
    // Three folders, two files, the long value.
    assert.equal(verified.blobs, 6);
    assert.equal(verified.runs[0]?.head?.signature?.key, signer.key);
  });

  it('is not by another key', async () => {
    const [finding] = findingsOf(await check(whole, 'someone-else'));
    assert.equal(finding?.kind, 'signature');
  });

  it('with any byte changed, or cut anywhere, is found damaged', async () => {
    const long = 100_000;
    for (let at = 0; at < whole.byteLength; at += at > 20_000 && at < 200_000 ? 64_007 : 61) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ (at % 2 === 0 ? 1 : 0x20);
      assert.notDeepEqual(findingsOf(await check(changed)), [], `byte ${at}`);
    }
    for (const length of [0, 1, 511, 512, 5_000, long, whole.byteLength - 512, whole.byteLength - 1]) {
      const [finding] = findingsOf(await check(whole.subarray(0, length)));
      assert.ok(finding, `${length} bytes`);
    }
    assert.match(
      String(findingsOf(await check(Buffer.concat([whole, tarEnd])))[0]?.message),
      /behind its end/,
    );
  });

  it('with a file left out, twice, added or out of order is found damaged', async () => {
    const files = filesOf(whole);
    const names = files.map(({ name }) => name);
    const again = (changed: typeof files) => check(archiveOf(changed));
    assert.deepEqual(findingsOf(await again(files)), []);
    for (const [at, file] of files.entries()) {
      assert.notDeepEqual(findingsOf(await again(files.toSpliced(at, 1))), [], `without ${names[at]}`);
      assert.notDeepEqual(findingsOf(await again(files.toSpliced(at, 0, file))), [], `${names[at]} twice`);
      const next = files[at + 1];
      if (next)
        assert.notDeepEqual(findingsOf(await again(files.toSpliced(at, 2, next, file))), [], `order ${at}`);
    }
    for (const name of ['../../etc/passwd', '/etc/passwd', 'blobs/../x', `blobs/${'0'.repeat(64)}`, 'x']) {
      const added = { name, bytes: Buffer.from('x') };
      for (const changed of [
        [added, ...files],
        [...files, added],
      ]) {
        assert.equal(findingsOf(await again(changed))[0]?.kind, 'file', name);
      }
    }
  });

  it('that promises more than it may is refused before it is read', async () => {
    const [manifest, ...others] = filesOf(whole);
    const huge = tarHeader({ name: manifest?.name ?? '', size: 8 ** 11 - 1 });
    const [finding] = findingsOf(await check(Buffer.concat([huge, archiveOf(others)])));
    assert.match(String(finding?.message), /are the most/);
  });

  it('of a later format is not judged', async () => {
    const [manifest, ...others] = filesOf(whole);
    const later = String(manifest?.bytes).replace('"format": 1', '"format": 2');
    const changed = [{ name: manifest?.name ?? '', bytes: Buffer.from(later) }, ...others];
    await assert.rejects(check(archiveOf(changed)), { code: 'data.newer' });
  });

  it('of a run that has not ended is sound, and unsigned', async () => {
    const open = createApp({ ...memoryApp(), signer });
    await begin(open);
    const verified = await check(await bytesOf(open));
    assert.deepEqual(findingsOf(verified), []);
    assert.equal(verified.runs[0]?.head?.signature, undefined);
  });

  it('that somebody has forged with fitting hashes is no more than a finding', async () => {
    const files = filesOf(whole);
    const start = { ...someRun, seq: 0, hash: '0'.repeat(64) };
    const seal = { id: 'evt_1', at: '2026-11-28T00:00:00.000Z', salt: '00' };
    for (const payload of [
      {},
      { input: null, tree: 7 },
      { input: { blob: '../x', size: -1 }, tree: '../y' },
    ]) {
      const event = sealEvent({ type: 'run.created', by: 'x', payload } as never, start, seal);
      const forged = files.map((file) =>
        file.name.endsWith('.jsonl') ? { ...file, bytes: Buffer.from(`${JSON.stringify(event)}\n`) } : file,
      );
      assert.notDeepEqual(findingsOf(await check(archiveOf(forged))), []);
    }
    const noise = Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}\n`);
    const deep = files.map((file) => (file.name.endsWith('.jsonl') ? { ...file, bytes: noise } : file));
    assert.equal(findingsOf(await check(archiveOf(deep))).at(-1)?.kind, 'illegal');
  });
});

interface ArchivedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

function filesOf(archive: Buffer): ArchivedFile[] {
  const files: ArchivedFile[] = [];
  for (let at = 0; archive[at] !== 0; ) {
    const name = archive.toString('latin1', at, at + 100).replace(/\0+$/, '');
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 135), 8);
    files.push({ name, bytes: archive.subarray(at + tarBlock, at + tarBlock + size) });
    at += tarBlock + size + paddingOf(size);
  }
  return files;
}

function archiveOf(files: readonly ArchivedFile[]): Buffer {
  const blocks = files.flatMap(({ name, bytes }) => [
    tarHeader({ name, size: bytes.byteLength }),
    bytes,
    new Uint8Array(paddingOf(bytes.byteLength)),
  ]);
  return Buffer.concat([...blocks, tarEnd]);
}
