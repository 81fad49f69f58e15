import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { logMigrations } from '../../shared/sqlite/log-schema.ts';
import { Place } from './up.ts';

const golden = new URL('../golden/data-folder/', import.meta.url);
const databases = { 'log.db': 'log-1.sql', 'engine.db': 'engine-1.sql' } as const;

describe('upgrading', { timeout: 300_000 }, () => {
  it('data of an older schema are read, and a copy of them is kept', async (t) => {
    const place = new Place(t);
    layDown(place.data);
    const before = contents(join(place.data, 'log.db'));
    const server = place.up();
    await server.listening;
    const client = place.client();
    const { items } = await client.listRuns({});
    assert.deepEqual(items.map(({ agent }) => agent).sort(), ['asking', 'filing']);
    for (const { run } of items) assert.deepEqual((await client.verifyRun(run)).findings, []);
    const asking = items.find(({ agent }) => agent === 'asking')?.run ?? '';
    const { items: waiting } = await client.listApprovals({ run: asking });
    // Its approval expires in time; then the run has gone on by itself.
    await client.deny(waiting[0]?.approval ?? '', 'An old one').catch(() => undefined);
    assert.equal((await place.ended(asking)).status, 'succeeded');
    const files = [{ path: 'given/table.csv', content: 'a\n' }];
    const { run } = await client.startRun({ agent: 'filing', input: null, files });
    assert.equal((await place.ended(run)).status, 'succeeded');
    server.kill('SIGTERM');
    const { stderr } = await server.end;
    assert.match(stderr, /The data were brought up to date/);

    assert.equal(version(join(place.data, 'log.db')), logMigrations.length);
    const kept = join(place.data, 'before-upgrade');
    assert.deepEqual(readdirSync(kept).sort(), ['engine.db', 'log.db']);
    assert.deepEqual(contents(join(kept, 'log.db')), before);
    const second = place.up();
    await second.listening;
    second.kill('SIGTERM');
    assert.doesNotMatch((await second.end).stderr, /brought up to date/);
    assert.equal(version(join(kept, 'log.db')), 1);
  });

  it('one that was cut off goes on, with the copy from before it', async (t) => {
    const place = new Place(t);
    layDown(place.data);
    layDown(join(place.data, 'upgrading'));
    migrate(join(place.data, 'log.db'), logMigrations.slice(1, 2), 2);
    mkdirSync(join(place.data, 'upgrading.unfinished'));
    const rebuilt = await place.rebuild();
    assert.equal(rebuilt.code, 0, rebuilt.stderr);
    assert.equal(version(join(place.data, 'log.db')), logMigrations.length);
    if (logMigrations.length > 2) assert.equal(version(join(place.data, 'before-upgrade/log.db')), 1);
  });

  it('without room for the copy, or with a migration that fails, the old data are as they were', async (t) => {
    const place = new Place(t);
    layDown(place.data);
    const before = contents(join(place.data, 'log.db'));
    const full = await place.up({ fileBlocks: 100 }).end;
    assert.equal(full.code, 1);
    assert.match(full.stderr, /\[data\.full\]/);
    assert.deepEqual(
      [version(join(place.data, 'log.db')), contents(join(place.data, 'log.db'))],
      [1, before],
    );
    assert.equal(existsSync(join(place.data, 'upgrading')), false);

    const inTheWay = new DatabaseSync(join(place.data, 'log.db'));
    inTheWay.exec('CREATE TABLE audit_events (other TEXT)');
    inTheWay.close();
    const failed = await place.up().end;
    assert.equal(failed.code, 1);
    assert.equal(version(join(place.data, 'log.db')), 1);
    const repaired = new DatabaseSync(join(place.data, 'log.db'));
    assert.equal(repaired.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'audit_heads'").get(), undefined);
    repaired.exec('DROP TABLE audit_events');
    repaired.close();
    await place.up().listening;
    assert.equal((await place.client().listRuns({})).items.length, 2);
  });

  it('data of a newer schema are refused, and not copied', async (t) => {
    const place = new Place(t);
    layDown(place.data);
    migrate(join(place.data, 'log.db'), [], logMigrations.length + 1);
    const { code, stderr } = await place.up().end;
    assert.equal(code, 1);
    assert.match(stderr, /\[data\.newer\]/);
    assert.equal(existsSync(join(place.data, 'upgrading')), false);
    rmSync(join(place.data, 'log.db'));
  });
});

function layDown(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const [name, script] of Object.entries(databases)) {
    using database = new DatabaseSync(join(folder, name));
    database.exec(readFileSync(new URL(script, golden), 'utf8'));
  }
}

function migrate(path: string, scripts: readonly string[], to: number): void {
  using database = new DatabaseSync(path);
  for (const script of scripts) database.exec(script);
  database.exec(`PRAGMA user_version = ${to}`);
}

function version(path: string): number {
  using database = new DatabaseSync(path);
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}

function contents(path: string): unknown {
  using database = new DatabaseSync(path);
  return [
    database.prepare('SELECT * FROM heads ORDER BY run').all(),
    database.prepare('SELECT * FROM events ORDER BY run, seq').all(),
  ];
}
