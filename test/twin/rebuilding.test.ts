import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { Place } from './up.ts';

/** What follows from the logs, and how its rows are put in order. */
const order: Readonly<Record<string, string>> = {
  runs: 'run, tenant',
  approvals: 'run, tenant',
  artifacts: 'run, tenant',
  due: 'run, tenant',
  records: 'kind, tenant, id',
  versions: 'number',
};

const tables = Object.keys(order);

describe('rebuilding', { timeout: 300_000 }, () => {
  it('fills every list again as it was, from the logs alone', async (t) => {
    const place = new Place(t);
    const first = place.up();
    await first.listening;
    const asking = await place.run('asking', {});
    const filing = await place.run('filing', null, [{ path: 'given/table.csv', content: 'a,b\n' }]);
    const calling = await place.run('calling', { levels: 1, last: 'waits' });
    const { key } = await place.client().createKey({ name: 'ci', roles: ['user'] });
    await place.client().revokeKey(key);
    await place.client().createTenant({ tenant: 'acme' });
    await place.client().suspendTenant('acme', 'Unpaid');
    const { approval } = (await place.event(asking, 'approval.requested')).payload as { approval: string };
    await place.event(calling, 'operation.requested');
    await place.ended(filing);
    await place.ended(await place.run('asking', { expiresInMs: 1_000 }));
    first.kill('SIGTERM');
    await first.end;

    const before = rows(place.data);
    assert.ok(tables.every((table) => (before[table]?.length ?? 0) > 0));
    empty(place.data);
    publishedLongAgo(place.data);
    const { code, stdout, stderr } = await place.rebuild();
    assert.equal(code, 0, stderr);
    assert.match(stdout, /[45] runs/);
    const after = rows(place.data);
    assert.equal((after['versions']?.[0] as { agent: string } | undefined)?.agent, 'older');
    assert.deepEqual({ ...after, versions: after['versions']?.slice(1) }, before);

    await place.up().listening;
    await place.client().approve(approval);
    assert.equal((await place.ended(asking)).status, 'succeeded');
  });

  it('is refused while a server uses the data', async (t) => {
    const place = new Place(t);
    const url = await place.up().listening;
    const { code, stderr } = await place.rebuild();
    assert.equal(code, 1);
    assert.match(
      stderr,
      new RegExp(`^tandem: A server already uses .+ listens on ${url}\\. .+\\[server\\.running\\]\\n$`),
    );
  });

  it('makes no folder of a path that was mistyped', async (t) => {
    const place = new Place(t);
    const nowhere = place.beside('nowhere');
    const { code, stderr } = await place.rebuild('--data', nowhere);
    assert.equal(code, 1);
    assert.match(stderr, /^tandem: There is no data folder .*nowhere\. .*\[data\.absent\]\n$/);
    assert.equal(existsSync(nowhere), false);
  });
});

/** What stands in the projections; when a run is looked at again changes with every look, that it is does not. */
function rows(data: string): Record<string, unknown[]> {
  using database = new DatabaseSync(join(data, 'log.db'), { readOnly: true });
  const of = (table: string) => database.prepare(`SELECT * FROM ${table} ORDER BY ${order[table]}`).all();
  return Object.fromEntries(
    tables.map((table) => [table, of(table).map(({ number: _, check_at: __, ...row }) => ({ ...row }))]),
  );
}

function empty(data: string): void {
  using database = new DatabaseSync(join(data, 'log.db'));
  for (const table of tables) database.exec(`DELETE FROM ${table}`);
}

/** A version of a time when there was no audit log that could tell of it. */
function publishedLongAgo(data: string): void {
  using database = new DatabaseSync(join(data, 'log.db'));
  database.exec("INSERT INTO versions VALUES (1, 'local', 'older', '1.0.0', 'd', '{}')");
}
