import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isApiError } from '../../sdk/api-error.ts';
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

test('that another program has taken the port meanwhile is said plainly', { timeout: 60_000 }, async (t) => {
  const { promise: taken, resolve } = Promise.withResolvers<void>();
  const other = createServer();
  t.after(() => void other.close());
  const supervisor = await Supervisor.start({
    data,
    port: 0,
    // Before the next one starts.
    onRestart: () => {
      other.listen({ host: '127.0.0.1', port: Number(new URL(supervisor.url).port) });
      once(other, 'listening').then(() => resolve());
    },
    onReturn: () => assert.fail('a stranger is no return'),
  });
  process.kill(supervisor.pid, 'SIGKILL');
  await taken;
  await assert.rejects(supervisor.failed, (error) => {
    assert.ok(isApiError(error, 'port.taken'), String(error));
    assert.match(error.message, /another program has taken its port \d+$/);
    return true;
  });
});
