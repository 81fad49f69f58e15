import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import type { Journal } from '../../local/stepfunctions/journal/journal.ts';
import { createMemoryJournal } from '../../local/stepfunctions/journal/memory.ts';
import { openSqliteJournal } from '../../local/stepfunctions/journal/sqlite.ts';
import { migrations } from '../../local/stepfunctions/journal/sqlite-schema.ts';
import { describeJournal, type OpenedJournal } from './journal.contract.ts';
import { describeMapRuns } from './map-runs.contract.ts';

function temporaryFile(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-journal-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'journal.db');
}

function openMemory(): OpenedJournal {
  const journal = createMemoryJournal();
  return { journal, reopen: async () => journal };
}

function openSqlite(context: TestContext): OpenedJournal {
  const file = temporaryFile(context);
  const opened: Journal[] = [];
  const open = (): Journal => {
    const journal = openSqliteJournal(file);
    opened.push(journal);
    return journal;
  };
  const close = async (): Promise<void> => {
    for (const journal of opened.splice(0)) await journal.close();
  };
  context.after(close);
  const reopen = async (): Promise<Journal> => {
    await close();
    return open();
  };
  return { journal: open(), reopen };
}

describeJournal('memory', openMemory);
describeJournal('SQLite', openSqlite);
describeMapRuns('memory', openMemory);
describeMapRuns('SQLite', openSqlite);

test('a journal of the first schema goes on, with its machines in the catalogue', async (context) => {
  const file = temporaryFile(context);
  const old = new DatabaseSync(file);
  old.exec(migrations[0] ?? '');
  old.exec(`
    PRAGMA user_version = 1;
    INSERT INTO revisions VALUES (1, 'm', '{"v":1}', 'role', 10), (2, 'm', '{"v":2}', 'role', 20);
    INSERT INTO executions VALUES (7, 'm', 1, 'old', '{}', 15, NULL, 'RUNNING');
    INSERT INTO transitions VALUES (7 * 32768, 15, 2, '{"at":"A"}', 'events');
  `);
  old.close();
  const journal = openSqliteJournal(file);
  context.after(() => journal.close());
  assert.deepEqual(journal.catalogue.all('machine'), [
    { name: 'm', type: 'STANDARD', createdAt: 10, status: 'ACTIVE', lastVersion: 0 },
  ]);
  assert.deepEqual(
    journal.revisions().map(({ id, settings, revisionId }) => ({ id, settings, revisionId })),
    [1, 2].map((id) => ({ id, settings: {}, revisionId: undefined })),
  );
  const [running] = journal.running();
  assert.deepEqual([running?.name, running?.version, running?.alias], ['old', null, null]);
  assert.deepEqual([journal.last(7)?.position, journal.packed(7, 0)], ['{"at":"A"}', 'events']);
});
