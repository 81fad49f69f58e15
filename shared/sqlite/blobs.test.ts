import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatementSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { sha256 } from '../domain/canonical.ts';
import { MemoryBlobs } from '../memory/blobs.ts';
import { MemoryDisk } from '../memory/disk.ts';
import { SqliteBlobs } from './blobs.ts';
import { openSqliteStore } from './store.ts';

function open(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-blobs-'));
  const file = join(folder, 'log.db');
  const store = openSqliteStore(file);
  context.after(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });
  const disk = new MemoryDisk();
  const all = new SqliteBlobs(store, { larger: new MemoryBlobs(disk.open()), limit: 100_000 });
  const rows = () => store.database.prepare('SELECT count(*) AS rows FROM blobs').get()?.['rows'];
  return { file, store, disk, rows, all, blobs: all.forTenant('acme') };
}

const bytes = (size: number, fill = 0) => new Uint8Array(size).fill(fill);

/** Counts transactions that were ended by a commit. */
function countCommits(context: TestContext): () => number {
  const { run } = StatementSync.prototype;
  const ran: string[] = [];
  context.mock.method(StatementSync.prototype, 'run', function (this: StatementSync, ...values: unknown[]) {
    ran.push(this.sourceSQL);
    return Reflect.apply(run, this, values);
  });
  return () => ran.filter((sql) => sql === 'COMMIT').length;
}

test('blobs up to the limit are rows, larger ones go to the other store', async (context) => {
  const { disk, rows, blobs } = open(context);
  const { blob: small } = await blobs.put(bytes(100_000));
  const { blob: large } = await blobs.put(bytes(100_001));
  assert.equal(rows(), 1);
  assert.deepEqual([...disk.tenant('acme').blobs.keys()], [large]);
  assert.deepEqual([await blobs.size(small), await blobs.size(large)], [100_000, 100_001]);
});

test('blobs that are put side by side share one commit', async (context) => {
  const { blobs } = open(context);
  const commits = countCommits(context);
  await Promise.all([1, 2, 3, 4].map((fill) => blobs.put(bytes(10, fill))));
  assert.equal(commits(), 1);
});

test('a blob that is there already writes nothing', async (context) => {
  const { store, rows, blobs } = open(context);
  await blobs.put(bytes(10));
  store.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  await blobs.put(bytes(10));
  assert.equal(rows(), 1);
  assert.equal(store.database.prepare('PRAGMA wal_checkpoint').get()?.['log'], 0);
});

test('a blob that two processes put is one row', async (context) => {
  const { file, rows, blobs } = open(context);
  const other = openSqliteStore(file);
  const rival = new SqliteBlobs(other, { larger: new MemoryBlobs(new MemoryDisk().open()) });
  await Promise.all([blobs.put(bytes(10)), rival.forTenant('acme').put(bytes(10))]);
  other.close();
  assert.equal(rows(), 1);
});

test('blobs whose digests begin alike are told apart', async (context) => {
  const { store, blobs } = open(context);
  const { blob } = await blobs.put(bytes(10));
  const alike = Buffer.from(blob, 'hex').fill(0, 8);
  store.database
    .prepare("INSERT INTO blobs (tenant, digest, bytes) VALUES ('acme', ?, ?)")
    .run(alike, bytes(1));
  assert.equal(await blobs.size(blob), 10);
  assert.equal(await blobs.size(alike.toString('hex')), 1);
  assert.equal(await blobs.size(alike.fill(1, 8).toString('hex')), undefined);
});

test('every look-up goes by the index', (context) => {
  const { store } = open(context);
  const prepared: string[] = [];
  const database = {
    prepare: (sql: string) => {
      prepared.push(sql);
      return store.database.prepare(sql);
    },
  } as unknown as typeof store.database;
  new SqliteBlobs({ ...store, database }, { larger: new MemoryBlobs(new MemoryDisk().open()) });
  assert.equal(prepared.length, 4);
  for (const sql of prepared) {
    const plan = store.database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail));
    assert.ok(
      plan.some((step) => step.startsWith('SEARCH blobs USING INDEX blobs_by_digest')),
      plan.join(),
    );
    assert.ok(!plan.some((step) => step.startsWith('SCAN blobs')), plan.join());
  }
});

test('what is no digest is nobody’s name', async (context) => {
  const { blobs } = open(context);
  const { blob } = await blobs.put(bytes(10));
  for (const name of ['', '..', `${blob}0`, `${blob}\0`, blob.slice(2), blob.toUpperCase()]) {
    assert.equal(await blobs.get(name), undefined, name);
    assert.equal(await blobs.size(name), undefined, name);
  }
});

test('a full disk refuses blobs, keeps what was acknowledged, and passes', async (context) => {
  const { store, blobs } = open(context);
  await blobs.put(bytes(50_000));
  const pages = Number(store.database.prepare('PRAGMA page_count').get()?.['page_count']);
  store.database.exec(`PRAGMA max_page_count = ${pages}`);
  await assert.rejects(blobs.put(bytes(50_000, 1)), { code: 'data.full' });
  assert.equal(await blobs.size(sha256(bytes(50_000))), 50_000);
  assert.equal(await blobs.get(sha256(bytes(50_000, 1))), undefined);
  store.database.exec('PRAGMA max_page_count = 1000000');
  await blobs.put(bytes(50_000, 1));
});
