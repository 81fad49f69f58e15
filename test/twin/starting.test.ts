import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { type End, Place } from './up.ts';

const posix = process.platform !== 'win32';

/** It must have ended with this one sentence about the cause, a remedy and a code. */
function assertRefused({ code, stdout, stderr }: End, cause: RegExp, error: string): void {
  assert.equal(code, 1, stderr);
  assert.equal(stdout, '');
  assert.match(stderr, /^tandem: [^\n]*[^.]\. [A-Z][^\n]*\. \[[\w.-]+\]\n$/);
  assert.match(stderr, cause);
  assert.ok(stderr.endsWith(`[${error}]\n`), stderr);
}

/** Holds a port until the test is over. */
async function takenPort(t: TestContext, port = 0): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  t.after(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Everything in a folder, and the folder itself. */
const entriesOf = (folder: string): string[] => [
  '.',
  ...readdirSync(folder, { recursive: true, encoding: 'utf8' }),
];

describe('starting', { concurrency: 3, timeout: 300_000 }, () => {
  it('leaves what a client needs, for its owner only', async (t) => {
    const place = new Place(t);
    const server = place.up();
    const url = await server.listening;
    const { startedAt, version, metrics, ...found } = place.serverFile();
    assert.deepEqual(found, { url, pid: server.pid });
    assert.ok(Date.parse(startedAt) > 0);
    assert.match(metrics ?? '', /^http:\/\/127\.0\.0\.1:44[5-9]\d\/metrics$/);
    assert.match(version, /^\d+\.\d+\.\d+/);
    await place.client().ready();
    for (const entry of posix ? entriesOf(place.data) : []) {
      const { mode } = lstatSync(join(place.data, entry));
      assert.equal(mode & 0o077, 0, `${entry} can be read by others: ${(mode & 0o777).toString(8)}`);
    }
  });

  it('twice on the same data is refused, saying where the first one listens', async (t) => {
    const place = new Place(t);
    const url = await place.up().listening;
    const end = await place.up().end;
    assertRefused(end, new RegExp(`listens on ${url}`), 'server.running');
    await place.client().ready();
  });

  it('is not confused by what a killed server has left', async (t) => {
    const place = new Place(t);
    const first = place.up();
    await first.listening;
    first.kill('SIGKILL');
    await first.end;
    const stale = place.serverFile();
    const second = place.up();
    const url = await second.listening;
    assert.notEqual(place.serverFile().pid, stale.pid);
    assert.deepEqual([place.serverFile().url, place.serverFile().pid], [url, second.pid]);
    await place.client().ready();
  });

  it('on a port that is taken is refused', async (t) => {
    const port = await takenPort(t);
    const end = await new Place(t).up({ args: ['--port', String(port)] }).end;
    assertRefused(end, new RegExp(`Port ${port} is taken`), 'port.taken');
  });

  it('without a port takes the next one that is free', async (t) => {
    const first = new Place(t);
    const second = new Place(t);
    const urls = [await first.up({ args: [] }).listening, await second.up({ args: [] }).listening];
    const ports = urls.map((url) => Number(new URL(url).port));
    assert.ok(
      ports.every((port) => port >= 4_400 && port < 4_450),
      String(ports),
    );
    assert.notEqual(ports[0], ports[1]);
  });

  const wrong: Record<string, readonly string[]> = {
    '--port takes a number from 0 to 65535, not "70000"': ['--port', '70000'],
    "Unknown option '--prot'": ['--prot', '4400'],
    "Unexpected argument 'now'": ['now'],
  };
  for (const [cause, args] of Object.entries(wrong)) {
    it(`explains how it is used: ${cause}`, async (t) => {
      const { code, stderr } = await new Place(t).up({ args }).end;
      assert.equal(code, 2);
      assert.ok(stderr.startsWith(`tandem: ${cause}`), stderr);
      assert.match(stderr, /\nUsage: tandem up [^\n]+\n$/);
    });
  }

  it('is told by variables what options do not say, and warns of those that mean nothing', async (t) => {
    const place = new Place(t);
    const env = { TANDEM_PORT: '0', TANDEM_HOST: '127.0.0.2', TANDEM_PROT: 'x', TANDEM_LOG_LEVEL: 'warn' };
    const server = place.up({ args: [], env });
    const { hostname, port } = new URL(await server.listening);
    assert.equal(hostname, '127.0.0.2');
    assert.ok(Number(port) > 0 && (Number(port) < 4_400 || Number(port) >= 4_450));
    server.kill('SIGTERM');
    const { stderr } = await server.end;
    const warning = JSON.parse(stderr);
    assert.equal(warning.level, 'warn');
    assert.equal(warning.message, 'TANDEM_PROT is set and means nothing; did you mean TANDEM_PORT?');
  });

  it('with a variable that has a value it does not take is refused', async (t) => {
    const server = new Place(t).up({ args: [], env: { TANDEM_PORT: '99999' } });
    const { code, stderr, stdout } = await server.end;
    assert.deepEqual([code, stdout], [2, '']);
    const sentence = 'tandem: TANDEM_PORT takes a number from 0 to 65535, not "99999".';
    assert.equal(stderr, `${sentence} docs/guides/configuration.md lists every variable.\n`);
  });

  it('on an address that is not of this machine is refused', async (t) => {
    const end = await new Place(t).up({ args: ['--host', '203.0.113.1'] }).end;
    assertRefused(end, /cannot listen on 203\.0\.113\.1/, 'environment.unsupported');
  });

  it('where no folder can be made is refused', async (t) => {
    const place = new Place(t);
    writeFileSync(place.beside('file'), 'no folder');
    const below = place.up({ data: join(place.beside('file'), 'below') });
    const itself = place.up({ data: place.beside('file') });
    assertRefused(await below.end, /file\/below cannot be written/, 'data.permission');
    assertRefused(await itself.end, /file cannot be written/, 'data.permission');
  });

  it('where something else is in the place of a file is refused', async (t) => {
    for (const file of [
      'log.db',
      'engine.db',
      'lock.db',
      'keys',
      'keys/heads.pem',
      'identity',
      'cli-token',
    ]) {
      const place = new Place(t);
      const path = join(place.data, file);
      mkdirSync(join(path, '..'), { recursive: true });
      if (file === 'keys' || file === 'identity') writeFileSync(path, 'a file');
      else mkdirSync(path);
      if (file === 'engine.db') writeFileSync(join(place.data, 'log.db'), '');
      assertRefused(await place.up().end, new RegExp(file), 'data.permission');
    }
  });

  it('on a damaged file is refused, and the file is left as it is', async (t) => {
    const garbage = Buffer.alloc(20_000, 'garbage ');
    for (const file of ['log.db', 'engine.db', 'lock.db', 'identity/signing-key.pem', 'keys/heads.pem']) {
      const place = new Place(t);
      const server = place.up();
      await server.listening;
      server.kill('SIGTERM');
      await server.end;
      writeFileSync(join(place.data, file), garbage);
      assertRefused(await place.up().end, new RegExp(file), 'data.damaged');
      assert.deepEqual(readFileSync(join(place.data, file)), garbage);
    }
  });

  it('on data of a newer version is refused, and the data are left as they are', async (t) => {
    for (const file of ['log.db', 'engine.db']) {
      const place = new Place(t);
      const server = place.up();
      await server.listening;
      server.kill('SIGTERM');
      await server.end;
      const path = join(place.data, file);
      using database = new DatabaseSync(path);
      database.exec('PRAGMA user_version = 999');
      database.close();
      const before = readFileSync(path);
      assertRefused(await place.up().end, new RegExp(`${file}.*newer`), 'data.newer');
      assert.deepEqual(readFileSync(path), before);
    }
  });

  it('without the log of what the engine carries is refused', async (t) => {
    const place = new Place(t);
    mkdirSync(place.data);
    writeFileSync(join(place.data, 'engine.db'), '');
    assertRefused(await place.up().end, /engine\.db.*no run log/, 'data.damaged');
  });
});
