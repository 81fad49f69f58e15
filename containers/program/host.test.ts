import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ProgramAnswer, ProgramRequest, ProgramTurn } from '../../shared/ports/program-host.ts';
import { SystemClock } from '../../shared/system/system-clock.ts';
import {
  answersOf,
  answerTo,
  bundleOf,
  drive,
  inOrder,
  resultOf,
  runOf,
} from '../../test/contract/program-host.drive.ts';
import { createProcessProgramHost, type ProcessProgramHostOptions } from './host.ts';
import { runnerFile } from './runner-file.ts';

/** Processes are looked at through `/proc`. */
function testOnLinux(name: string, run: (t: TestContext) => Promise<void>): void {
  if (process.platform === 'linux') test(name, run);
}

const folder = await mkdtemp(join(tmpdir(), 'tandem-host-'));
const bundles = new Map<string, string>();

before(async () => {
  for (const program of ['looping', 'many', 'forgetful', 'failing', 'globals'])
    bundles.set(program, await bundleOf(program));
  bundles.set('broken', 'this is no script');
});
after(() => rm(folder, { recursive: true }));

function makeHost(t: TestContext, options: Partial<ProcessProgramHostOptions> = {}) {
  const loadBundle = async (_tenant: string, _agent: string, version: string) => bundles.get(version) ?? '';
  const host = createProcessProgramHost({
    loadBundle,
    folder,
    runner: runnerFile,
    clock: new SystemClock(),
    ...options,
  });
  t.after(() => host.close());
  return host;
}

/** Process ids of the runners that this process, or another one, has started. */
async function runners(parent = process.pid): Promise<number[]> {
  const threads = await readdir(`/proc/${parent}/task`);
  const lists = await Promise.all(
    threads.map((id) => readFile(`/proc/${parent}/task/${id}/children`, 'utf8').catch(() => '')),
  );
  const pids = lists.join(' ').trim().split(/\s+/).filter(Boolean).map(Number);
  const commands = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return pids.filter((_, at) => commands[at]?.includes('runner.mjs'));
}

async function killRunners(): Promise<void> {
  for (const pid of await runners()) process.kill(pid, 'SIGKILL');
}

async function eventually(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    if (await holds()) return;
    await delay(10);
  }
  assert.fail('It did not happen within 20 s.');
}

function codeOf(turn: ProgramTurn): string {
  return turn.kind === 'failed' ? turn.error.code : turn.kind;
}

for (const how of ['loop', 'microtasks'] as const) {
  test(`an endless loop fails its own run only: ${how}`, async (t) => {
    const host = makeHost(t, { timeoutMs: 300 });
    const tenant = host.forTenant('acme');
    const runs = [
      runOf('looping', { how: 'not' }),
      runOf('looping', { how }),
      runOf('looping', { how: 'not' }),
    ];
    const first = await Promise.all(runs.map((run) => tenant.next(run, answersOf([]))));
    const logs = first.map((turn): ProgramAnswer[] => {
      const [request] = turn.kind === 'requests' ? turn.requests : [];
      return [answerTo(request as ProgramRequest, 1, null)];
    });
    const second = await Promise.all(runs.map((run, at) => tenant.next(run, answersOf(logs[at] ?? []))));
    assert.deepEqual(second.map(codeOf), ['finished', 'program.unresponsive', 'finished']);
  });
}

testOnLinux('a process that dies is replaced, and its runs are replayed', async (t) => {
  const host = makeHost(t);
  const tenant = host.forTenant('acme');
  const runs = Array.from({ length: 5 }, () => runOf('many', { count: 20 }));
  const journeys = runs.map((run) =>
    drive(tenant, {
      run,
      answer: (open) => {
        if (run === runs[2] && open[0]?.operation === 10) void killRunners();
        return inOrder(open);
      },
    }),
  );
  assert.deepEqual(
    (await Promise.all(journeys)).map(({ end }) => codeOf(end)),
    Array(5).fill('finished'),
  );
});

testOnLinux('each tenant and each version has a process of its own', async (t) => {
  const host = makeHost(t);
  const ask = (tenant: string, program: string) =>
    host.forTenant(tenant).next(runOf(program, { count: 1 }), answersOf([]));
  await ask('acme', 'many');
  await ask('acme', 'many');
  assert.equal((await runners()).length, 1);
  await ask('other', 'many');
  await ask('acme', 'failing');
  assert.equal((await runners()).length, 3);
  await host.close();
  assert.deepEqual(await runners(), []);
});

testOnLinux('a process has no environment and an empty folder', async (t) => {
  const host = makeHost(t);
  await host.forTenant('acme').next(runOf('globals'), answersOf([]));
  const [pid] = await runners();
  assert.equal(await readFile(`/proc/${pid}/environ`, 'utf8'), '');
  assert.deepEqual(await readdir(`/proc/${pid}/cwd`), []);
});

testOnLinux('a run that waits holds no process', async (t) => {
  const host = makeHost(t, { idleMs: 50 });
  const run = runOf('many', { count: 1 });
  const turn = await host.forTenant('acme').next(run, answersOf([]));
  await eventually(async () => (await runners()).length === 0);
  const [request] = turn.kind === 'requests' ? turn.requests : [];
  const answered = answerTo(request as ProgramRequest, 1, resultOf(request as ProgramRequest));
  assert.equal(codeOf(await host.forTenant('acme').next(run, answersOf([answered]))), 'finished');
});

test('more runs than fit into memory are replayed in turn', async (t) => {
  const host = makeHost(t, { maxRunsInMemory: 2 });
  const tenant = host.forTenant('acme');
  const journeys = Array.from({ length: 8 }, () =>
    drive(tenant, { run: runOf('many', { count: 5 }), answer: inOrder }),
  );
  assert.deepEqual(
    (await Promise.all(journeys)).map(({ end }) => codeOf(end)),
    Array(8).fill('finished'),
  );
});

test('an error names the file and line of its author', async (t) => {
  const host = makeHost(t);
  const { end } = await drive(host.forTenant('acme'), {
    run: runOf('failing', { how: 'throws' }),
    answer: inOrder,
  });
  assert.ok(end.kind === 'failed');
  assert.equal(end.error.message, 'RangeError: out of range (failing.ts:9:9)');
  const { stack } = end.error.details as { stack: string[] };
  assert.equal(stack[0], 'at deeper (failing.ts:9:9)');
  assert.match(stack[1] ?? '', /^at (async )?run \(failing\.ts:15:\d+\)$/);
});

test('an operation that fails unheard fails the run, unless it is heard later', async (t) => {
  const host = makeHost(t);
  const ask = async (later: boolean) => {
    const answer = ([first]: readonly ProgramRequest[]) => {
      const request = first as ProgramRequest;
      const missing = (request.arguments as { path: string }).path === 'missing';
      return [request, missing ? { code: 'file.not-found', message: 'gone' } : resultOf(request)] as const;
    };
    return (await drive(host.forTenant('acme'), { run: runOf('forgetful', { later }), answer })).end;
  };
  assert.deepEqual(await ask(true), { kind: 'finished', output: 'caught', requests: [] });
  const lost = await ask(false);
  assert.match(
    lost.kind === 'failed' ? lost.error.message : '',
    /gone \(nobody handled this rejection\) \(forgetful\.ts:5:\d+\)/,
  );
});

test('text of several megabytes goes both ways', async (t) => {
  const host = makeHost(t);
  const run = runOf('many', { count: 1, padding: 'ä'.repeat(3_000_000) });
  assert.equal(codeOf(await host.forTenant('acme').next(run, answersOf([]))), 'requests');
});

test('a bundle that is no script fails the run, and is tried again for the next one', async (t) => {
  const host = makeHost(t);
  for (let asked = 0; asked < 2; asked += 1) {
    assert.equal(
      codeOf(await host.forTenant('acme').next(runOf('broken'), answersOf([]))),
      'definition.invalid',
    );
  }
});

testOnLinux('a bundle that cannot be read is no failure of the run, and is read again', async (t) => {
  let faults = 1;
  const loadBundle = async () => {
    faults -= 1;
    if (faults >= 0) throw new Error('the disk is gone');
    return bundles.get('many') ?? '';
  };
  const host = makeHost(t, { loadBundle });
  const run = runOf('many', { count: 0 });
  await assert.rejects(host.forTenant('acme').next(run, answersOf([])), /the disk is gone/);
  assert.deepEqual(await runners(), []);
  assert.equal(codeOf(await host.forTenant('acme').next(run, answersOf([]))), 'finished');
});

testOnLinux('answers that cannot be read are no failure of the run, and cost no process', async (t) => {
  const host = makeHost(t);
  const run = runOf('many', { count: 1 });
  const unreadable = { count: 1, after: () => Promise.reject(new Error('the disk is gone')) };
  await assert.rejects(host.forTenant('acme').next(run, unreadable), /the disk is gone/);
  assert.equal(codeOf(await host.forTenant('acme').next(run, answersOf([]))), 'requests');
  assert.equal((await runners()).length, 1);
});

test('a host that is closing says so', async (t) => {
  const host = makeHost(t);
  const tenant = host.forTenant('acme');
  const run = runOf('looping', { how: 'loop' });
  const turn = await tenant.next(run, answersOf([]));
  const [request] = turn.kind === 'requests' ? turn.requests : [];
  const asked = tenant.next(run, answersOf([answerTo(request as ProgramRequest, 1, null)]));
  const closed = host.close();
  await assert.rejects(asked, { code: 'server.stopping' });
  await closed;
  await assert.rejects(tenant.next(runOf('many'), answersOf([])), { code: 'server.stopping' });
});

test('time that stands still stops nobody', async (t) => {
  const clock: Clock = { now: () => 0, at: () => () => {} };
  const host = makeHost(t, { clock });
  const { end } = await drive(host.forTenant('acme'), { run: runOf('many', { count: 2 }), answer: inOrder });
  assert.equal(codeOf(end), 'finished');
});

for (const how of ['not', 'loop']) {
  testOnLinux(`a process ends with its server, however that ends: ${how}`, async () => {
    const server: ChildProcess = spawn(
      process.execPath,
      [fileURLToPath(new URL('./host.fixture.ts', import.meta.url)), folder, how],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await once(server.stdout as NodeJS.ReadableStream, 'data');
    const [pid] = await runners(server.pid);
    assert.ok(pid);
    server.kill('SIGKILL');
    await eventually(() =>
      readFile(`/proc/${pid}/stat`, 'utf8').then(
        (stat) => / [ZX] /.test(stat),
        () => true,
      ),
    );
  });
}
