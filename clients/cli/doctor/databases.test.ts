import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { checkDatabases } from './databases.ts';

const data = mkdtempSync(join(tmpdir(), 'tandem-databases-'));
after(() => rmSync(data, { recursive: true }));
const log = join(data, 'log.db');

test('a new folder has none, which is well', () => {
  assert.deepEqual(checkDatabases(data), { ok: true, found: 'made by the first start' });
});

test('a whole one is well, and looking at it leaves nothing behind', () => {
  const database = new DatabaseSync(log);
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE events (text TEXT)');
  const insert = database.prepare('INSERT INTO events VALUES (?)');
  for (let index = 0; index < 100; index++) insert.run('x'.repeat(1_000));
  database.close();
  assert.equal(checkDatabases(data).ok, true);
  assert.deepEqual(readdirSync(data), ['log.db']);
});

test('damage is named with its file and a remedy', () => {
  const bytes = readFileSync(log);
  writeFileSync(log, bytes.fill(7, 8_192, 16_384));
  const { ok, found, remedy } = checkDatabases(data);
  assert.equal(ok, false);
  assert.ok(found.startsWith(`${log} is damaged: `), found);
  assert.match(remedy ?? '', /^Restore a backup/);
  writeFileSync(log, 'no database at all'.repeat(100));
  assert.match(checkDatabases(data).found, /is damaged: file is not a database/);
});
