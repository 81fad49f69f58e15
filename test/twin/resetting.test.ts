import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type End, Place } from './up.ts';

/** A data folder that a server has worked on and left. */
async function used(t: TestContext, signal: NodeJS.Signals = 'SIGTERM'): Promise<Place> {
  const place = new Place(t);
  const server = place.up();
  await server.listening;
  await place.ended(await place.run('filing', null, [{ path: 'given/table.csv', content: 'a,b\n' }]));
  server.kill(signal);
  await server.end;
  return place;
}

function assertRefused({ code, stderr }: End, why: RegExp, expected = 1): void {
  assert.equal(code, expected, stderr);
  assert.match(stderr, why);
}

describe('resetting', { concurrency: 2, timeout: 300_000 }, () => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    it(`leaves an empty folder of a server that was ended by ${signal}, and a server starts on it`, async (t) => {
      const place = await used(t, signal);
      const { code, stdout, stderr } = await place.command(['reset', '--yes', '--json', '--data', place.data])
        .end;
      assert.equal(code, 0, stderr);
      const { reset } = JSON.parse(stdout);
      assert.deepEqual([reset.data, reset.runs, reset.agents, reset.kept], [place.data, 1, 1, []]);
      assert.ok(reset.bytes > 50_000);
      assert.deepEqual(readdirSync(place.data), []);
      await place.up().listening;
      assert.deepEqual((await place.client().listRuns()).items, []);
    });
  }

  it('is refused while a server runs, and without anybody to ask', async (t) => {
    const place = await used(t);
    assertRefused(
      await place.command(['reset', '--data', place.data]).end,
      /Nobody can be asked here: --yes/,
      2,
    );
    await place.up().listening;
    assertRefused(
      await place.command(['reset', '--yes', '--data', place.data]).end,
      /listens on http.*\[server\.running\]/,
    );
    assert.equal((await place.client().listRuns()).items.length, 1);
  });

  it('leaves what is not of Tandem, and does not follow links', async (t) => {
    const place = await used(t);
    const elsewhere = place.beside('elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'precious'), 'mine');
    writeFileSync(join(place.data, 'notes.txt'), 'mine');
    symlinkSync(elsewhere, join(place.data, 'artifacts'));
    symlinkSync(elsewhere, join(place.data, 'workers', 'link'));
    const { code, stdout } = await place.command(['reset', '--yes', '--data', place.data]).end;
    assert.equal(code, 0);
    assert.match(stdout, /^Deleted 1 run of 1 agent, [\d.]+ MB from .+\nLeft as it is.+: notes\.txt\.\n$/);
    assert.deepEqual(readdirSync(place.data), ['notes.txt']);
    assert.equal(readFileSync(join(elsewhere, 'precious'), 'utf8'), 'mine');
  });

  it('is refused on a folder that is no data folder, and on a link to one', async (t) => {
    const place = await used(t);
    const other = place.beside('other');
    mkdirSync(other);
    writeFileSync(join(other, 'log.db'), 'of something else');
    assertRefused(
      await place.command(['reset', '--yes', '--data', other]).end,
      /is no data folder of Tandem/,
    );
    assert.deepEqual(readdirSync(other), ['log.db']);
    symlinkSync(place.data, place.beside('link'));
    assertRefused(await place.command(['reset', '--yes', '--data', place.beside('link')]).end, /is a link/);
    assertRefused(
      await place.command(['reset', '--yes', '--data', place.beside('none')]).end,
      /There is no data folder/,
    );
    assert.ok(existsSync(join(place.data, 'log.db')));
    assert.ok(!existsSync(place.beside('none')));
  });
});
