import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { endOfLife } from '../../shared/domain/function-life.ts';
import type { Launch } from '../../shared/ports/task-launcher.ts';
import type { ReportDesk } from '../../test/contract/report-desk.ts';
import { openReportServer } from '../../test/contract/report-server.ts';

const fixture = fileURLToPath(new URL('./space-function.fixture.ts', import.meta.url));

interface Invocation {
  readonly launch: Launch;
  readonly requestId?: string;
  readonly remainingMs?: number;
  readonly environment?: Record<string, string>;
}

/** Invokes the function in an environment of its own; resolves to what it said. */
function invoke(address: string, invocation: Invocation): Promise<{ said: string }> {
  const { launch, requestId = 'request-1', remainingMs = 60_000, environment = {} } = invocation;
  const event = { report: address, ticket: launch.ticket, operation: `${launch.run}-${launch.operation}` };
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [fixture], { env: environment }, (error, stdout) =>
      error ? reject(error) : resolve(JSON.parse(stdout) as { said: string }),
    );
    child.stdin?.end(JSON.stringify({ event, requestId, remainingMs }));
  });
}

async function opened(context: TestContext): Promise<{ desk: ReportDesk; address: string }> {
  return openReportServer(context);
}

test('runs the command of its ticket, and is known by its request and its life', async (context) => {
  const { desk, address } = await opened(context);
  const launch = desk.open({ command: 'cat a.txt && echo b > b.txt', files: { 'a.txt': 'a' } });
  await invoke(address, { launch, remainingMs: 60_000 });
  const { worker } = await desk.said(launch, 'claim');
  assert.deepEqual([worker.kind, worker.id], ['function', 'request-1']);
  const until = endOfLife(worker.started) ?? 0;
  assert.ok(until > Date.now() && until <= Date.now() + 60_000);
  const done = await desk.said(launch, 'done');
  assert.equal(done.stdout, 'a');
  assert.ok(Array.isArray(done.changed) && done.changed.length === 1);
});

test('nothing of the environment of the function reaches a command', async (context) => {
  const { desk, address } = await opened(context);
  const launch = desk.open({ command: 'env' });
  const environment = {
    AWS_ACCESS_KEY_ID: 'AKIA-TOLD',
    AWS_SECRET_ACCESS_KEY: 'secret-told',
    AWS_SESSION_TOKEN: 'session-told',
    AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001',
    _HANDLER: 'index.handler',
    NODE_OPTIONS: '--no-warnings',
  };
  await invoke(address, { launch, environment });
  const { stdout } = await desk.said(launch, 'done');
  const names = stdout.split('\n').flatMap((line) => line.split('=')[0] || []);
  const expected = ['HOME', 'PATH', 'PWD', 'TANDEM_OPERATION', 'TANDEM_SPACE', 'TMPDIR'];
  assert.deepEqual(names.filter((name) => !['SHLVL', '_', 'OLDPWD'].includes(name)).sort(), expected);
  assert.doesNotMatch(stdout, /told|9001/);
});

test('the same request, delivered again, does not do the command again', async (context) => {
  const { desk, address } = await opened(context);
  const launch = desk.open({ command: 'true' });
  await invoke(address, { launch });
  await invoke(address, { launch });
  const claims = desk.heard.flatMap(({ message }) => (message.type === 'claim' ? [message.worker] : []));
  assert.equal(claims.length, 2);
  assert.equal(claims[0]?.id, claims[1]?.id);
  assert.notEqual(claims[0]?.started, claims[1]?.started);
  assert.equal(desk.heard.filter(({ message }) => message.type === 'done').length, 1);
});

test('before its time is over it ends the command and says so', async (context) => {
  const { desk, address } = await opened(context);
  const launch = desk.open({ command: 'sleep 1000' });
  const { said } = await invoke(address, { launch, remainingMs: 8_000 });
  assert.match(said, /time of the function is over/);
  const { reason } = await desk.said(launch, 'stopped');
  assert.match(reason, /time of the function is over/);
});
