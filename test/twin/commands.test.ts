import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { processStart } from '../../shared/processes/process-start.ts';
import { Place } from './up.ts';

const posix = { skip: process.platform === 'win32' };

const isAlive = async (pid: number) => (await processStart(pid)) !== undefined;

describe('a command at work', { concurrency: 2, timeout: 300_000 }, () => {
  it('is dead when its run has been cancelled', posix, async (t) => {
    const place = new Place(t);
    await place.up().listening;
    const { run, pid } = await atWork(place);
    await place.client().cancelRun(run);
    assert.equal((await place.ended(run)).status, 'cancelled');
    assert.equal(await isAlive(pid), false);
  });

  it('is dead when the server has stopped', posix, async (t) => {
    const place = new Place(t);
    const server = place.up();
    await server.listening;
    const { pid } = await atWork(place);
    server.kill('SIGTERM');
    assert.equal((await server.end).code, 0);
    assert.equal(await isAlive(pid), false);
  });

  it('is dead when the next server of a killed one listens', posix, async (t) => {
    const place = new Place(t);
    const first = place.up();
    await first.listening;
    const { run, pid } = await atWork(place);
    first.kill('SIGKILL');
    await first.end;
    await place.up().listening;
    assert.equal(await isAlive(pid), false);
    assert.deepEqual((await place.ended(run)).output, { code: 'operation.interrupted' });
  });
});

/** A run whose command sleeps, and the id of that process, which it tells through a pipe. */
async function atWork(place: Place): Promise<{ run: string; pid: number }> {
  const pipe = place.beside('pipe');
  execFileSync('mkfifo', [pipe]);
  const told = readFile(pipe, 'utf8');
  const command = `echo $$ > ${pipe}; exec sleep 600`;
  const run = await place.run('commanding', { command, timeoutMs: 1_200_000 });
  return { run, pid: Number(await told) };
}
