import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type End, Place } from './up.ts';

describe('backup and restore', { timeout: 300_000 }, () => {
  it('taken from a server at work, restored elsewhere, brings every run to its right end', async (t) => {
    const place = new Place(t);
    const server = place.up();
    await server.listening;
    await appears(join(place.data, 'identity/first-password'));
    const marks = place.beside('marks');
    const asking = await place.run('asking', {});
    const { approval } = (await place.event(asking, 'approval.requested')).payload as { approval: string };
    const filed = await place.run('filing', null, [
      { path: 'given/table.csv', content: 'a,b\n'.repeat(40_000) },
    ]);
    await place.ended(filed);
    const command = `echo once >> ${marks}; sleep 600`;
    const commanding = await place.run('commanding', { command, timeoutMs: 1_200_000 });
    await place.event(commanding, 'operation.started');
    const acknowledged = [asking, filed, commanding];
    const load = keepStarting(place, acknowledged);
    const backup = place.beside('backup');
    const before = acknowledged.length;
    const made = await place.command(['backup', backup, '--data', place.data, '--json']).end;
    assert.equal(made.code, 0, made.stderr + made.stdout);
    await load.stop();
    assert.ok(existsSync(join(backup, 'identity/identity.db')), 'who may sign in');
    const { runs, damage } = JSON.parse(made.stdout).backup;
    assert.ok(runs >= before, `${runs} of ${before}`);
    assert.deepEqual(damage, []);
    assert.ok(acknowledged.length > before, 'runs were started meanwhile');
    server.kill('SIGKILL');
    await server.end;

    const again = new Place(t, place, 'restored');
    const { data } = again;
    const restored = await place.command(['restore', backup, '--data', data]).end;
    assert.equal(restored.code, 0, restored.stderr);
    await again.up().listening;
    await again.client().approve(approval);
    const known = acknowledged.slice(0, before);
    const ended = await Promise.all(known.map((run) => again.ended(run)));
    assert.deepEqual(new Set(ended.map(({ status }) => status)), new Set(['succeeded']));
    assert.deepEqual(ended[2]?.output, { code: 'operation.interrupted' });
    assert.equal(readFileSync(marks, 'utf8'), 'once\n');
    for (const run of known) assert.deepEqual((await again.client().verifyRun(run)).findings, []);
    if (process.platform !== 'win32') {
      assert.equal(statSync(data).mode & 0o777, 0o700);
      assert.equal(statSync(join(data, 'keys/heads.pem')).mode & 0o777, 0o600);
      assert.equal(statSync(join(backup, 'log.db')).mode & 0o777, 0o600);
    }
  });

  it('a backup that was cut off is not there, and is no backup', async (t) => {
    const { place, backup } = await backedUp(t);
    const { code: refused, stderr: why } = await place.command(['backup', backup, '--data', place.data]).end;
    assert.equal(refused, 1);
    assert.match(why, /\[folder\.not-empty\]/);

    const cut = place.beside('cut');
    const process = place.command(['backup', cut, '--data', place.data]);
    await appears(`${cut}.unfinished`);
    process.kill('SIGKILL');
    await process.end;
    // The process that was started hands over to another one, which may be a moment behind.
    if (existsSync(cut)) return;
    const restored = await restore(place, `${cut}.unfinished`);
    assert.match(restored.stderr, /never finished.*\[backup\.invalid\]/);
    const again = await place.command(['backup', cut, '--data', place.data]).end;
    assert.equal(again.code, 0, again.stderr);
    assert.equal(existsSync(`${cut}.unfinished`), false);
  });

  it('whatever was changed in a backup is found, and nothing is restored', async (t) => {
    const { place, backup } = await backedUp(t);
    const blob = readFileSync(join(backup, 'SHA256SUMS'), 'utf8').match(/blobs\/\S+/)?.[0] ?? '';
    const changes: Readonly<Record<string, (copy: string) => void>> = {
      'a byte of a database': (copy) => flip(join(copy, 'log.db'), 5_000),
      'a byte of a blob': (copy) => flip(join(copy, blob), 0),
      'a byte of a key': (copy) => flip(join(copy, 'keys/heads.pem'), 40),
      'a database cut short': (copy) => truncateSync(join(copy, 'log.db'), 8_192),
      'an empty blob': (copy) => truncateSync(join(copy, blob), 0),
      'a blob that is missing': (copy) => rmSync(join(copy, blob)),
      'a byte of the sums': (copy) => flip(join(copy, 'SHA256SUMS'), 3),
      'no sums': (copy) => rmSync(join(copy, 'SHA256SUMS')),
      'a line more': (copy) => appendFileSync(join(copy, 'SHA256SUMS'), `${'0'.repeat(64)}  ../../x\n`),
      'no manifest': (copy) => rmSync(join(copy, 'backup.json')),
      'half a manifest': (copy) => truncateSync(join(copy, 'backup.json'), 20),
      'a manifest that is none': (copy) => writeFileSync(join(copy, 'backup.json'), '[]'),
    };
    for (const [what, change] of Object.entries(changes)) {
      const copy = place.beside('copy');
      cpSync(backup, copy, { recursive: true });
      change(copy);
      const { code, stderr } = await restore(place, copy);
      assert.equal(code, 1, what);
      assert.match(stderr, /\[backup\.invalid\]/, what);
      assert.ok(!existsSync(place.beside('target')) && !existsSync(place.beside('target.unfinished')), what);
      rmSync(copy, { recursive: true });
    }
    const newer = JSON.parse(readFileSync(join(backup, 'backup.json'), 'utf8'));
    for (const [change, said] of [
      [{ format: 2 }, /newer version of Tandem.*\[data\.newer\]/],
      [{ schemas: { 'log.db': 999 } }, /which is newer.*\[data\.newer\]/],
    ] as const) {
      writeFileSync(join(backup, 'backup.json'), JSON.stringify({ ...newer, ...change }));
      assert.match((await restore(place, backup)).stderr, said);
    }
  });

  it('without room, without permission or without data there is no backup', async (t) => {
    const { place } = await backedUp(t);
    const full = await place.command(['backup', place.beside('full'), '--data', place.data], {
      fileBlocks: 200,
    }).end;
    assert.equal(full.code, 1);
    assert.match(full.stderr, /\[data\.full\]/);
    const none = await place.command(['backup', place.beside('none'), '--data', place.beside('nowhere')]).end;
    assert.match(none.stderr, /There is no data folder .*nowhere\. .*\[data\.absent\]/);
    const left = readdirSync(place.beside('.')).filter((name) => /full|none/.test(name));
    assert.deepEqual(left, []);
    const usage = await place.command(['backup']).end;
    assert.deepEqual([usage.code, usage.stderr.split('\n')[0]], [2, 'tandem: DIR is missing.']);
    if (process.getuid?.() === 0 || process.platform === 'win32') return;
    chmodSync(place.beside('.'), 0o500);
    t.after(() => chmodSync(place.beside('.'), 0o700));
    const closed = await place.command(['backup', place.beside('closed'), '--data', place.data]).end;
    assert.match(closed.stderr, /\[data\.permission\]/);
  });

  it('damage that was there before is told, and a backup without keys has none', async (t) => {
    const { place } = await backedUp(t);
    const path =
      readFileSync(join(place.beside('backup'), 'SHA256SUMS'), 'utf8').match(/blobs\/\S+/)?.[0] ?? '';
    flip(join(place.data, path), 0);
    const words = ['backup', place.beside('bare'), '--data', place.data, '--without-keys'];
    const { code, stdout, stderr } = await place.command(words).end;
    assert.equal(code, 1);
    assert.match(stdout, /Keys and accounts are not in it/);
    assert.match(stderr, /damaged already before.*\n.*no longer holds what its name says/);
    assert.deepEqual(readdirSync(place.beside('bare')).sort(), [
      'SHA256SUMS',
      'backup.json',
      'blobs',
      'log.db',
    ]);
  });
});

/** A folder with a run and a large blob, its server stopped, and a backup of it. */
async function backedUp(t: TestContext): Promise<{ place: Place; backup: string }> {
  const place = new Place(t);
  const server = place.up();
  await server.listening;
  await place.ended(
    await place.run('filing', null, [{ path: 'given/table.csv', content: 'a,b\n'.repeat(40_000) }]),
  );
  server.kill('SIGTERM');
  await server.end;
  const backup = place.beside('backup');
  const { code, stderr } = await place.command(['backup', backup, '--data', place.data]).end;
  assert.equal(code, 0, stderr);
  return { place, backup };
}

const restore = (place: Place, backup: string): Promise<End> =>
  place.command(['restore', backup, '--data', place.beside('target')]).end;

/** Starts runs, one after another, and notes them once they are accepted. */
function keepStarting(place: Place, accepted: string[]): { stop(): Promise<void> } {
  let on = true;
  const client = place.client();
  const working = (async () => {
    await place.publish('echoing');
    while (on) accepted.push((await client.startRun({ agent: 'echoing', input: accepted.length })).run);
  })();
  return {
    async stop() {
      on = false;
      await working;
    },
  };
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

async function appears(path: string): Promise<void> {
  while (!existsSync(path)) await new Promise((resolve) => setImmediate(resolve));
}
