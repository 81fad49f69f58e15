import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Place } from './up.ts';

/** What a program reads from the commands that the launcher runs itself. */
const records = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('speaking to programs', { concurrency: 2, timeout: 300_000 }, () => {
  it('says where it listens, and that it has stopped', async (t) => {
    const place = new Place(t);
    const server = place.up({ args: ['--port', '0', '--json'] });
    const url = await server.listening;
    const { metrics } = place.serverFile();
    server.kill('SIGTERM');
    const { code, stdout } = await server.end;
    assert.equal(code, 0);
    assert.deepEqual(records(stdout), [
      { listening: { url, pid: server.pid, data: place.data, ...(metrics && { metrics }) } },
      { stopped: { url, signal: 'SIGTERM' } },
    ]);
  });

  it('says why it does not start, on standard output, with code and remedy', async (t) => {
    const place = new Place(t);
    await place.up().listening;
    const { code, stdout, stderr } = await place.up({ args: ['--json'] }).end;
    assert.deepEqual([code, stderr], [1, '']);
    const [{ error }] = records(stdout);
    assert.equal(error.code, 'server.running');
    assert.match(error.message, /listens on http:/);
    assert.ok(error.remedy.endsWith('.'));
  });

  it('says what was typed wrong', async (t) => {
    const { code, stdout } = await new Place(t).up({ args: ['--prot', '1', '--json'] }).end;
    assert.equal(code, 2);
    assert.equal(records(stdout)[0].error.code, 'usage');
  });

  it('says what it has rebuilt', async (t) => {
    const place = new Place(t);
    const server = place.up();
    await server.listening;
    await place.ended(await place.run('filing', null, [{ path: 'given/table.csv', content: 'a,b\n' }]));
    server.kill('SIGTERM');
    await server.end;
    const { code, stdout } = await place.rebuild('--json');
    assert.equal(code, 0);
    const [{ rebuilt }] = records(stdout);
    assert.equal(rebuilt.runs, 1);
    assert.ok(rebuilt.ms >= 0);
    assert.ok(existsSync(join(place.data, 'log.db')));
  });
});
