import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { markedProcesses } from './leftovers.ts';

const linux = { skip: process.platform === 'linux' ? false : 'only Linux tells environments' };

/** A process that waits to be killed, once it runs. */
async function waiting(context: TestContext, env: Record<string, string>, args: readonly string[]) {
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1e6)', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  context.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

test('a process is known by a mark in its environment', linux, async (context) => {
  const mark = `mark-${process.pid}-environment`;
  const child = await waiting(context, { MARK: mark }, []);
  const [found] = markedProcesses(mark);
  assert.equal(found?.pid, child.pid);
});

test('a process is known by a mark in its arguments', async (context) => {
  const mark = `mark-${process.pid}-arguments`;
  const child = await waiting(context, {}, [mark]);
  assert.deepEqual(
    markedProcesses(mark).map(({ pid }) => pid),
    [child.pid],
  );
});

test('one that has ended is not there any more', async (context) => {
  const mark = `mark-${process.pid}-ended`;
  const child = await waiting(context, {}, [mark]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.deepEqual(markedProcesses(mark), []);
});
