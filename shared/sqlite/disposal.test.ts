import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, type TestContext, test } from 'node:test';
import { Chain, minute, runId, runRow, tenant } from '../../test/contract/fixtures.ts';
import { SqliteBlobs } from './blobs.ts';
import { SqliteDisposal } from './disposal.ts';
import { SqliteEventLog } from './event-log.ts';
import { openSqliteStore } from './store.ts';

const run = runId(1);

/** What no other run says; long enough to need pages of its own. */
const secret = 'NEVER-TO-BE-READ-AGAIN ';

function openStore(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-disposal-'));
  const file = join(folder, 'log.db');
  const store = openSqliteStore(file);
  t.after(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });
  const isOnDisk = () =>
    [file, `${file}-wal`].some((path) => existsSync(path) && readFileSync(path).includes(secret.trim()));
  return { file, store, isOnDisk, log: new SqliteEventLog(store), disposal: new SqliteDisposal(store) };
}

/** Secrets of all sizes between what others say. */
async function tell({ log }: ReturnType<typeof openStore>): Promise<Chain> {
  const chain = new Chain(run);
  for (const times of [1, 100, 2_000]) {
    const append = chain.next(1, secret.repeat(times));
    const row = runRow(run, { status: 'failed', error: { code: 'x', message: secret.repeat(times) } });
    await log.forTenant(tenant).append({ ...append, projections: [{ kind: 'run', row }] });
    for (let n = 2; n < 30; n += 1) {
      await log.forTenant(tenant).append(new Chain(runId(n * 10_000 + times)).next(3));
    }
  }
  return chain;
}

describe('what is taken away', () => {
  test('is in no page of the database and in no frame of its log', async (t) => {
    const opened = openStore(t);
    await tell(opened);
    assert.equal(opened.isOnDisk(), true);
    const { events } = await opened.log.forTenant(tenant).read(run, 0);
    for (const event of events) {
      const erased = { ...event, salt: '', payload: {}, erased: { at: minute(1), by: 'a', reason: 'b' } };
      await opened.disposal.forTenant(tenant).erase({
        run,
        event: erased as typeof event,
        projections: [{ kind: 'run', row: runRow(run) }],
        told: [event.id],
        blobs: [],
      });
    }
    assert.equal(await opened.disposal.settle(), true);
    assert.equal(opened.isOnDisk(), false);
  });

  test('is gone with a whole run, and with a blob', async (t) => {
    const opened = openStore(t);
    await tell(opened);
    const larger = { forTenant: () => ({ remove: async () => true }) } as never;
    const blobs = new SqliteBlobs(opened.store, { larger }).forTenant(tenant);
    const { blob } = await blobs.put(Buffer.from(secret.repeat(1_000)));
    await opened.disposal.forTenant(tenant).remove(run);
    assert.equal(await blobs.remove(blob, () => true), false);
    assert.equal(await blobs.remove(blob, () => false), true);
    assert.equal(await opened.disposal.settle(), true);
    assert.equal(opened.isOnDisk(), false);
  });

  test('is gone later when somebody reads what was there before', async (t) => {
    const opened = openStore(t);
    await tell(opened);
    const reader = new DatabaseSync(opened.file);
    reader.exec('BEGIN; SELECT count(*) FROM events');
    await opened.disposal.forTenant(tenant).remove(run);
    assert.equal(await opened.disposal.settle(), false);
    reader.close();
    assert.equal(await opened.disposal.settle(), true);
    assert.equal(opened.isOnDisk(), false);
  });
});
