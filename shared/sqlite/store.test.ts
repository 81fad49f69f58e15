import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { chainStart, sealEvent } from '../domain/chain.ts';
import type { Append } from '../ports/event-log.ts';
import { SqliteEventLog } from './event-log.ts';
import { SqliteProjections } from './projections.ts';
import { openSqliteStore } from './store.ts';

function open(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-store-'));
  const file = join(folder, 'log.db');
  const store = openSqliteStore(file);
  context.after(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });
  return { file, store };
}

/** The first append of a run, larger than what is free in a small file. */
function first(run: string): Append {
  const draft = { type: 'run.paused', by: 'system', payload: { reason: 'x'.repeat(100_000) } } as const;
  const seal = { id: `evt_${run}`, at: '2026-01-01T00:00:00.000Z', salt: '' };
  const event = sealEvent(draft, { tenant: 'acme', run, seq: 0, hash: chainStart }, seal);
  return { run, expected: 0, events: [event], head: { run, seq: 1, hash: chainStart }, projections: [] };
}

test('the connection of the adapters syncs in full', (context) => {
  const { store } = open(context);
  assert.equal(store.database.prepare('PRAGMA synchronous').get()?.['synchronous'], 2);
  assert.equal(store.database.prepare('PRAGMA journal_mode').get()?.['journal_mode'], 'wal');
});

test('no list walks through a table or sorts it', (context) => {
  const { store } = open(context);
  const prepared: string[] = [];
  const database = {
    prepare: (sql: string) => {
      prepared.push(sql);
      return store.database.prepare(sql);
    },
  } as unknown as DatabaseSync;
  new SqliteEventLog({ ...store, database });
  new SqliteProjections({ ...store, database });
  const plans = prepared.flatMap((sql) => {
    const plan = store.database.prepare(`EXPLAIN QUERY PLAN ${sql}`);
    return plan.all(...(sql.match(/\?/g) ?? []).map(() => 0)).map((step) => `${step['detail']} in ${sql}`);
  });
  assert.ok(plans.length > 20);
  const slow = plans.filter((step) => /^SCAN|TEMP B-TREE/.test(step));
  // Allowed: two rows from the front of a table, sorting what one run has declared, and counting what is not over.
  const bounded =
    /^SCAN idempotency|FROM artifacts WHERE tenant = \? AND run = \?|count\(\*\) AS count FROM due/;
  assert.deepEqual(
    slow.filter((step) => !bounded.test(step)),
    [],
  );
});

test('a page that ends early holds back no checkpoint', async (context) => {
  const { store } = open(context);
  const insert = store.database.prepare(
    "INSERT INTO runs VALUES ('acme', ?, 'writer', 'queued', NULL, NULL, '{}')",
  );
  for (let number = 0; number < 100; number += 1) insert.run(`run_${number}`);
  const runs = new SqliteProjections(store).forTenant('acme');
  const { cursor } = await runs.runs({ limit: 1 });
  assert.ok(cursor);
  const checkpoint = store.database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  assert.deepEqual({ ...checkpoint }, { busy: 0, log: 0, checkpointed: 0 });
});

test('a failing read is told in the user’s terms', async (context) => {
  const { file, store } = open(context);
  const failing = store.read(() => {
    throw Object.assign(new Error('malformed'), { code: 'ERR_SQLITE_ERROR', errcode: 11 });
  });
  await assert.rejects(failing, { code: 'data.damaged', message: `${file} is damaged or not a database.` });
});

test('a full disk refuses appends, keeps what was acknowledged, and passes', async (context) => {
  const { store } = open(context);
  const log = new SqliteEventLog(store).forTenant('acme');
  await log.append(first('run_1'));
  const pages = Number(store.database.prepare('PRAGMA page_count').get()?.['page_count']);
  store.database.exec(`PRAGMA max_page_count = ${pages}`);
  await assert.rejects(log.append(first('run_2')), { code: 'data.full' });
  assert.equal(await log.head('run_2'), undefined);
  assert.equal((await log.read('run_1', 0)).events.length, 1);
  store.database.exec('PRAGMA max_page_count = 1000000');
  await log.append(first('run_2'));
});

test('processes that append to the same runs at once leave no gap and no double', {
  timeout: 60_000,
}, async (context) => {
  const { file } = open(context);
  const perProcess = 60;
  const runs = 3;
  const script = join(import.meta.dirname, 'testing', 'rival.ts');
  const rivals = ['a', 'b'].map((name) => fork(script, [file, name, String(perProcess), String(runs)]));
  const codes = await Promise.all(rivals.map(async (rival) => (await once(rival, 'exit'))[0]));
  assert.deepEqual(codes, [0, 0]);

  const database = new DatabaseSync(file);
  const rows = database.prepare('SELECT run, seq, event FROM events ORDER BY run, seq').all();
  const heads = database.prepare('SELECT run, seq FROM heads ORDER BY run').all();
  database.close();
  assert.equal(rows.length, 2 * perProcess);
  assert.equal(new Set(rows.map((row) => JSON.parse(String(row['event'])).id)).size, rows.length);
  for (const head of heads) {
    const seqs = rows.filter((row) => row['run'] === head['run']).map((row) => row['seq']);
    assert.deepEqual(
      seqs,
      seqs.map((_, index) => index + 1),
    );
    assert.equal(seqs.length, head['seq']);
  }
});

test('processes that create the same file at once all succeed', { timeout: 60_000 }, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-create-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const script = join(import.meta.dirname, 'testing', 'rival.ts');
  const rivals = ['a', 'b', 'c'].map((name) => fork(script, [join(folder, 'log.db'), name, '3', '1']));
  const codes = await Promise.all(rivals.map(async (rival) => (await once(rival, 'exit'))[0]));
  assert.deepEqual(codes, [0, 0, 0]);
});

test('a walk through all runs lets others have their turn', async (context) => {
  const { store } = open(context);
  const head = store.database.prepare("INSERT INTO heads (run, tenant, seq, hash) VALUES (?, 'acme', 1, '')");
  for (let at = 0; at < 200; at += 1) head.run(`run_${at}`);
  let turns = 0;
  let walking = true;
  const turn = (): void => {
    turns += 1;
    if (walking) setImmediate(turn);
  };
  setImmediate(turn);
  const walked = await Array.fromAsync(new SqliteEventLog(store).allRuns());
  walking = false;
  assert.equal(walked.length, 200);
  assert.ok(turns >= 10, `${turns} turns`);
});
