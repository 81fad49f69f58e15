import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { Place } from './up.ts';

describe('losing', { concurrency: 2, timeout: 300_000 }, () => {
  it('the engine loses no run: each is taken up from its log', async (t) => {
    const place = new Place(t);
    const first = place.up();
    await first.listening;
    const asking = await place.run('asking', {});
    const { approval } = (await place.event(asking, 'approval.requested')).payload as { approval: string };
    const dozing = await place.run('dozing', { ms: 1_000 });
    const commanding = await place.run('commanding', { command: 'sleep 600', timeoutMs: 1_200_000 });
    const calling = await place.run('calling', { levels: 1, last: 'waits' });
    await place.event(calling, 'operation.requested');
    await place.event(commanding, 'operation.started');
    await place.event(dozing, 'operation.requested');
    first.kill('SIGKILL');
    await first.end;
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(place.data, `engine.db${suffix}`), { force: true });

    await place.up().listening;
    const client = place.client();
    await client.approve(approval);
    const [child] = (await client.listRuns({ parent: calling })).items;
    await client.signalRun(child?.run ?? '', { name: 'never' });
    const ended = await Promise.all([asking, dozing, commanding, calling].map((run) => place.ended(run)));
    assert.deepEqual(
      ended.map(({ status }) => status),
      Array(4).fill('succeeded'),
    );
    assert.deepEqual(ended[2]?.output, { code: 'operation.interrupted' });
    assert.equal(ended[3]?.output, 2);
  });

  it('the program of a version stops its runs as diverged, naming what was recorded', async (t) => {
    const place = new Place(t);
    const first = place.up();
    await first.listening;
    const run = await place.run('listening', { names: ['go'] });
    await place.event(run, 'operation.requested');
    await place.publish('asking');
    first.kill('SIGTERM');
    await first.end;
    exchangeBundles(join(place.data, 'log.db'), { of: 'listening', by: 'asking' });

    await place.up().listening;
    await place.client().signalRun(run, { name: 'go' });
    const { status, error } = await place.ended(run);
    assert.deepEqual([status, error?.code], ['failed', 'program.diverged']);
    assert.match(
      error?.message ?? '',
      /Operation 1 differs from its record: the program now asks for approval\.request/,
    );
  });
});

/** What no command of Tandem does: lets a version mean another program. */
function exchangeBundles(log: string, { of, by }: { of: string; by: string }): void {
  using database = new DatabaseSync(log);
  const row = (agent: string) =>
    JSON.parse(String(database.prepare('SELECT row FROM versions WHERE agent = ?').get(agent)?.['row']));
  const changed = JSON.stringify({ ...row(of), bundle: row(by).bundle });
  database.prepare('UPDATE versions SET row = ? WHERE agent = ?').run(changed, of);
}
