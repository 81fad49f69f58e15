import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ServerEnd } from './server-process.ts';
import { Supervisor } from './supervisor.ts';

const data = mkdtempSync(join(tmpdir(), 'tandem-supervisor-'));
after(() => rmSync(data, { recursive: true }));

test('a server that is killed is started again, and both are told', { timeout: 30_000 }, async () => {
  const ends: ServerEnd[] = [];
  const { promise: returned, resolve } = Promise.withResolvers<void>();
  const supervisor = await Supervisor.start({
    data,
    port: 0,
    onRestart: (end) => ends.push(end),
    onReturn: resolve,
  });
  const { pid, url } = supervisor;
  process.kill(pid, 'SIGKILL');
  await returned;
  assert.deepEqual(
    ends.map(({ signal }) => signal),
    ['SIGKILL'],
  );
  assert.equal(supervisor.url, url);
  assert.notEqual(supervisor.pid, pid);
  await supervisor.stop();
});
