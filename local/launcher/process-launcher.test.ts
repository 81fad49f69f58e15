import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { processStart } from '../../shared/processes/process-start.ts';
import { openProcessLauncher } from '../../test/contract/process-launcher-fixture.ts';
import { openReportServer } from '../../test/contract/report-server.ts';
import { ProcessLauncher } from './process-launcher.ts';

const posix = { skip: process.platform === 'win32' };
const linux = { skip: process.platform !== 'linux' };

/** A folder outside the workspace, where commands leave signs of life. */
function signs(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'signs-of-life-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await pause(5);
}

async function pidIn(file: string): Promise<number> {
  await until(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'));
  return Number(readFileSync(file, 'utf8'));
}

const isAlive = async (pid: number) => (await processStart(pid)) !== undefined;

test('a command gets its environment, a home of its own and nothing of ours', posix, async (context) => {
  process.env['TANDEM_TEST_SECRET'] = 'secret';
  context.after(() => delete process.env['TANDEM_TEST_SECRET']);
  const { desk, address } = await openReportServer(context);
  const { launcher } = openProcessLauncher(context, () => address);
  const launch = desk.open({
    command: 'env; pwd; node -p 1+1',
    cwd: 'sub',
    env: { A: '1', TANDEM_OPERATION: 'x' },
  });
  await launcher.launch(launch);
  const { stdout, exitCode } = await desk.said(launch, 'done');
  const [answer, folder, ...lines] = stdout.trim().split('\n').reverse();
  const env = Object.fromEntries(lines.map((line) => line.split('=')));
  assert.deepEqual([exitCode, answer], [0, '2']);
  assert.match(folder ?? '', /workspace\/sub$/);
  assert.equal(env['A'], '1');
  assert.equal(env['TANDEM_OPERATION'], `${launch.run}-${launch.operation}`);
  const known = [
    'A',
    'HOME',
    'PATH',
    'TMPDIR',
    'TANDEM_OPERATION',
    'TANDEM_SPACE',
    'PWD',
    'OLDPWD',
    'SHLVL',
    '_',
  ];
  assert.deepEqual(
    Object.keys(env).filter((name) => !known.includes(name)),
    [],
  );
  assert.ok(!(folder ?? '').startsWith(env['HOME'] ?? ''));
});

test('what may be executed stays so; links and read-only folders do no harm', posix, async (context) => {
  const { desk, address } = await openReportServer(context);
  const { launcher } = openProcessLauncher(context, () => address);
  const command =
    'printf x > run && chmod 755 run && ln -s /etc/passwd p && mkdir -p $HOME/ro && touch $HOME/ro/f && chmod 500 $HOME/ro';
  const launch = desk.open({ command });
  await launcher.launch(launch);
  const { changed, notes } = await desk.said(launch, 'done');
  assert.ok(Array.isArray(changed));
  assert.deepEqual(
    changed.map((file) => ({ ...file, digest: '' })),
    [{ path: 'run', digest: '', size: 1, executable: true }],
  );
  assert.deepEqual(notes, ['p is not kept: it is a symbolic link.']);
});

test('a process that has left its session dies with its worker', linux, async (context) => {
  const { desk, address } = await openReportServer(context);
  const { launcher, records } = openProcessLauncher(context, () => address);
  const file = join(signs(context), 'pid');
  const command = `setsid sh -c 'cd /; echo $$ > ${file}; exec sleep 1000' & sleep 1000`;
  const launch = desk.open({ command });
  await launcher.launch(launch);
  const { worker } = await desk.said(launch, 'claim');
  const pid = await pidIn(file);
  await launcher.stop(worker);
  assert.equal(await isAlive(pid), false);
  assert.deepEqual(readdirSync(records), []);
});

test('what an earlier process has left running is killed at boot', linux, async (context) => {
  const { desk, address } = await openReportServer(context);
  const { launcher, records } = openProcessLauncher(context, () => address);
  const file = join(signs(context), 'pid');
  const launch = desk.open({ command: `setsid sh -c 'echo $$ > ${file}; exec sleep 1000'; true` });
  await launcher.launch(launch);
  const { worker } = await desk.said(launch, 'claim');
  const pid = await pidIn(file);
  const next = new ProcessLauncher({
    records,
    compileCache: join(records, '../cache'),
    report: () => address,
  });
  assert.equal(await next.alive(worker), true);
  assert.equal(await next.killLeftovers(), 1);
  assert.equal(await next.alive(worker), false);
  assert.equal(await isAlive(pid), false);
  assert.equal(await next.killLeftovers(), 0);
});

test('a process id that was given away again is left alone', posix, async (context) => {
  const { launcher, records } = openProcessLauncher(context, () => '');
  const bystander = {
    pid: process.pid,
    started: 'another time',
    operation: 'run_x-1',
    folder: signs(context),
  };
  writeFileSync(join(records, `${process.pid}.json`), JSON.stringify(bystander));
  assert.equal(await launcher.killLeftovers(), 1);
  assert.deepEqual(readdirSync(records), []);
});

test('a claim that is never answered runs nothing, and somebody is told', posix, async (context) => {
  const server = createServer((request) => request.socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/report`;
  const died = Promise.withResolvers<string>();
  const { launcher } = openProcessLauncher(context, () => address, {
    died: (launch, said) => died.resolve(`${launch.operation}: ${said}`),
  });
  await launcher.launch({
    tenant: 't',
    run: 'run_x',
    operation: 4,
    place: 'function',
    ticket: 'x',
    timeoutMs: 1_000,
    attempt: '1',
  });
  assert.match(await died.promise, /^4: Error: socket hang up/);
  assert.equal(await launcher.launched({ tenant: 't', run: 'run_x', operation: 4 }), false);
});

test('more launches than places wait for each other', posix, async (context) => {
  const { desk, address } = await openReportServer(context);
  const { launcher } = openProcessLauncher(context, () => address, { workers: 1 });
  const first = desk.open({ command: 'true' });
  const second = desk.open({ command: 'true' });
  await Promise.all([launcher.launch(first), launcher.launch(second)]);
  await desk.said(second, 'done');
  const order = desk.heard.map(({ operation, message }) => `${operation} ${message.type}`);
  assert.deepEqual(order, ['1 claim', '1 done', '2 claim', '2 done']);
});

test(
  'an operation that waits for a place is not queued twice, and goes with the newer ticket',
  posix,
  async (context) => {
    const { desk, address } = await openReportServer(context);
    const { launcher } = openProcessLauncher(context, () => address, { workers: 1 });
    const [first, second, third] = ['true', 'true', 'true'].map((command) => desk.open({ command }));
    assert.ok(first && second && third);
    const launches = [first, { ...second, ticket: 'stale' }, second, third].map((launch) =>
      launcher.launch(launch),
    );
    await Promise.all(launches);
    await desk.said(third, 'done');
    const order = desk.heard.map(({ operation, message }) => `${operation} ${message.type}`);
    assert.deepEqual(order, ['1 claim', '1 done', '2 claim', '2 done', '3 claim', '3 done']);
    await until(async () => !(await launcher.launched(third)));
    assert.equal(await launcher.launched(second), false);
  },
);

test(
  'a worker that cannot be cleaned up after gives its place back, and somebody is told',
  posix,
  async (context) => {
    const server = createServer((request) => {
      // A folder in the place of a record cannot be removed like one.
      for (const name of readdirSync(records)) {
        rmSync(join(records, name), { recursive: true });
        mkdirSync(join(records, name));
      }
      request.socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    context.after(() => server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/report`;
    const told: string[] = [];
    const both = Promise.withResolvers<void>();
    const { launcher, records } = openProcessLauncher(context, () => address, {
      workers: 1,
      died: (_, said) => {
        if (told.push(said) === 2) both.resolve();
        throw new Error('nobody listens');
      },
    });
    const launch = {
      tenant: 't',
      run: 'run_x',
      place: 'function',
      ticket: 'x',
      timeoutMs: 1_000,
      attempt: '1',
    } as const;
    await Promise.all([1, 2].map((operation) => launcher.launch({ ...launch, operation })));
    await both.promise;
    for (const said of told) assert.match(said, /What it left behind could not be removed/);
    assert.equal(await launcher.launched({ ...launch, operation: 1 }), false);
  },
);
