import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isTandemError } from '../errors/tandem-error.ts';
import { openDatabase } from './database.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-database-'));
after(() => rmSync(folder, { recursive: true }));

const one = 'CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)';
const two = 'ALTER TABLE things ADD COLUMN colour TEXT';

function refusal(file: string, migrations: readonly string[]): unknown {
  try {
    openDatabase(file, { migrations }).close();
  } catch (error) {
    return error;
  }
  throw new Error('the database was opened');
}

function assertNames(error: unknown, code: string, file: string): void {
  assert.ok(isTandemError(error), String(error));
  assert.equal(error.code, code);
  assert.ok(error.message.includes(file), error.message);
  assert.match(error.message, /^[^.].*\.$/);
}

test('every connection syncs in full and uses the write-ahead log', () => {
  const database = openDatabase(join(folder, 'pragmas.db'), { migrations: [one] });
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  assert.equal(pragma('journal_mode'), 'wal');
  assert.equal(pragma('synchronous'), 2, 'FULL');
  assert.equal(pragma('fullfsync'), 1);
  assert.equal(pragma('checkpoint_fullfsync'), 1);
  assert.equal(pragma('foreign_keys'), 1);
  assert.equal(pragma('busy_timeout'), 5_000);
  database.close();
});

test('migrations run once, in order, and keep the data', () => {
  const file = join(folder, 'migrated.db');
  const before = openDatabase(file, { migrations: [one] });
  before.exec("INSERT INTO things (name) VALUES ('kept')");
  before.close();
  const now = openDatabase(file, { migrations: [one, two] });
  assert.equal(now.prepare('SELECT name, colour FROM things').get()?.['name'], 'kept');
  assert.equal(now.prepare('PRAGMA user_version').get()?.['user_version'], 2);
  now.close();
});

test('a migration that fails leaves the file as it was', () => {
  const file = join(folder, 'halfway.db');
  openDatabase(file, { migrations: [one] }).close();
  assert.throws(() => openDatabase(file, { migrations: [one, `${two}; INSERT INTO nowhere VALUES (1)`] }));
  const database = openDatabase(file, { migrations: [one] });
  assert.throws(() => database.prepare('SELECT colour FROM things'), /colour/);
  database.close();
});

test('a file of a newer version is refused', () => {
  const file = join(folder, 'newer.db');
  openDatabase(file, { migrations: [one, two] }).close();
  assertNames(refusal(file, [one]), 'data.newer', file);
});

test('a file that is no database is refused', () => {
  const file = join(folder, 'letter.db');
  writeFileSync(file, 'Dear reader, this is not a database at all. '.repeat(200));
  assertNames(refusal(file, [one]), 'data.damaged', file);
});

test('a file that was cut off is refused', () => {
  const file = join(folder, 'cut.db');
  openDatabase(file, { migrations: [one] }).close();
  truncateSync(file, 100);
  assertNames(refusal(file, [one]), 'data.damaged', file);
});

test('a file that cannot be opened is refused', () => {
  const file = join(folder, 'taken.db');
  mkdirSync(file);
  assertNames(refusal(file, [one]), 'data.permission', file);
  const nowhere = join(folder, 'absent', 'log.db');
  assertNames(refusal(nowhere, [one]), 'data.permission', nowhere);
});

test('a full disk is told apart from damage', () => {
  const file = join(folder, 'full.db');
  const endless = `${one}; INSERT INTO things (name) VALUES (hex(zeroblob(1000000)))`;
  openDatabase(file, { migrations: [] }).close();
  assertNames(refusal(file, [`PRAGMA max_page_count = 5; ${endless}`]), 'data.full', file);
});
