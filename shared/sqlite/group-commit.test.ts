import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { after, beforeEach, test } from 'node:test';
import { isTandemError } from '../errors/tandem-error.ts';
import { openDatabase } from './database.ts';
import { GroupCommit } from './group-commit.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-group-'));
after(() => rmSync(folder, { recursive: true }));

let count = 0;
let database: DatabaseSync;
let commits: GroupCommit;
let lost: unknown[];

beforeEach(() => {
  count += 1;
  const migrations = ['CREATE TABLE things (name TEXT PRIMARY KEY)'];
  database = openDatabase(join(folder, `${count}.db`), { migrations });
  lost = [];
  commits = new GroupCommit(database, { onLost: (error) => lost.push(error) });
});

const insert = (name: string) => () => {
  database.prepare('INSERT INTO things VALUES (?)').run(name);
  return name;
};
const insertThenFail = (name: string) => () => {
  insert(name)();
  throw new Error(`after ${name}`);
};
const names = () =>
  database
    .prepare('SELECT name FROM things ORDER BY rowid')
    .all()
    .map((row) => row['name']);

/** Fills the disk, as far as this database is concerned, or makes room again. */
function setFull(full: boolean): void {
  const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
  database.exec(`PRAGMA max_page_count = ${full ? pages : 1_000_000}`);
}
const tooMuch = () => {
  database.prepare('INSERT INTO things VALUES (hex(zeroblob(100000)))').run();
};

test('what is gathered in one turn is committed together, in order', async () => {
  const results = await Promise.all([commits.run(insert('a')), commits.run(insert('b'))]);
  assert.deepEqual(results, ['a', 'b']);
  assert.deepEqual(names(), ['a', 'b']);
});

test('nothing is visible before the commit', async () => {
  const done = commits.run(insert('a'));
  await Promise.resolve();
  assert.deepEqual(names(), []);
  await done;
  assert.deepEqual(names(), ['a']);
});

test('one failure is undone alone', async () => {
  const [first, second, third] = await Promise.allSettled([
    commits.run(insert('a')),
    commits.run(insertThenFail('b')),
    commits.run(insert('c')),
  ]);
  assert.deepEqual([first.status, second.status, third.status], ['fulfilled', 'rejected', 'fulfilled']);
  assert.deepEqual(names(), ['a', 'c']);
});

test('a failure without company is undone too', async () => {
  await assert.rejects(commits.run(insertThenFail('a')), /after a/);
  assert.deepEqual(names(), []);
  await commits.run(insert('b'));
  assert.deepEqual(names(), ['b']);
});

test('work added while others commit, or by their continuations, comes with the next commit', async () => {
  let nested: Promise<string> | undefined;
  const first = commits.run(() => {
    nested = commits.run(insert('nested'));
    return insert('first')();
  });
  const continued = first.then(() => commits.run(insert('continued')));
  await Promise.all([first, continued]);
  assert.equal(await nested, 'nested');
  assert.deepEqual(names(), ['first', 'nested', 'continued']);
});

test('later work rides before the work that is awaited after it', async () => {
  commits.later(insert('later'));
  await commits.run(insert('awaited'));
  assert.deepEqual(names(), ['later', 'awaited']);
});

test('later work is committed without company as well', async () => {
  commits.later(insert('later'));
  await commits.flush();
  assert.deepEqual(names(), ['later']);
  await commits.flush();
});

test('later work that fails is not silent', async () => {
  commits.later(insertThenFail('later'));
  await commits.run(insert('a'));
  assert.deepEqual(names(), ['a']);
  assert.match(String(lost[0]), /after later/);
});

test('a full disk rejects the whole group and keeps later work for the next', async () => {
  setFull(true);
  commits.later(insert('later'));
  const settled = await Promise.allSettled([
    commits.run(insert('a')),
    commits.run(tooMuch),
    commits.run(insert('b')),
  ]);
  for (const one of settled) {
    assert.equal(one.status, 'rejected');
    assert.ok(isTandemError(one.reason, 'data.full'), String(one.reason));
  }
  assert.deepEqual(names(), []);
  assert.deepEqual(lost, []);
  setFull(false);
  await commits.run(insert('c'));
  assert.deepEqual(names(), ['later', 'c']);
});

test('later work that met a full disk is tried again by itself', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  setFull(true);
  commits.later(insert('later'));
  await assert.rejects(commits.run(tooMuch), { code: 'data.full' });
  setFull(false);
  context.mock.timers.tick(1_000);
  assert.deepEqual(names(), ['later']);
});

test('a commit that fails rejects everybody', async () => {
  database.exec(`CREATE TABLE parents (id INTEGER PRIMARY KEY);
    CREATE TABLE children (parent REFERENCES parents DEFERRABLE INITIALLY DEFERRED)`);
  const orphan = () => {
    database.exec('INSERT INTO children VALUES (1)');
  };
  const settled = await Promise.allSettled([commits.run(insert('a')), commits.run(orphan)]);
  assert.deepEqual(
    settled.map((one) => one.status),
    ['rejected', 'rejected'],
  );
  assert.deepEqual(names(), []);
  await commits.run(insert('b'));
  assert.deepEqual(names(), ['b']);
});

test('closing commits what is gathered and refuses what comes after', async () => {
  const done = commits.run(insert('a'));
  commits.later(insert('b'));
  commits.close();
  assert.deepEqual(names(), ['a', 'b']);
  assert.equal(await done, 'a');
  await assert.rejects(commits.run(insert('c')), { code: 'server.stopping' });
  commits.later(insert('d'));
  assert.ok(isTandemError(lost[0], 'server.stopping'));
});
