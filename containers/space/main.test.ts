import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Worker } from '../../shared/domain/events.ts';
import type { ReportDesk } from '../../test/contract/report-desk.ts';
import { openReportServer } from '../../test/contract/report-server.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

interface Started {
  readonly desk: ReportDesk;
  readonly launch: ReturnType<ReportDesk['open']>;
  /** A file that the command makes. */
  readonly mark: string;
  kill(signal: NodeJS.Signals): void;
  readonly status: Promise<number | null>;
}

/** A worker whose command runs, on this machine as it would in a container. */
async function start(context: TestContext, worker: Worker): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-main-'));
  const mark = join(folder, 'mark');
  const { desk, address } = await openReportServer(context);
  // It does not end when it is asked to.
  const launch = desk.open({
    command: `trap '' TERM; echo $$ > ${mark}.new; mv ${mark}.new ${mark}; sleep 1000 & wait`,
  });
  const env = {
    TANDEM_REPORT: address,
    TANDEM_TICKET: launch.ticket,
    TANDEM_OPERATION: 'run_desk-1',
    TANDEM_WORKER: JSON.stringify(worker),
    TMPDIR: folder,
  };
  const child = spawn(process.execPath, ['--no-warnings', main], { env, stdio: 'ignore' });
  const status = once(child, 'exit').then(([code]) => code as number | null);
  context.after(async () => {
    child.kill('SIGKILL');
    await status;
    await rm(folder, { recursive: true, force: true });
  });
  await desk.said(launch, 'claim');
  while (!existsSync(mark)) await pause(20);
  return { desk, launch, mark, kill: (signal) => void child.kill(signal), status };
}

/** What lives in a process group, as `ps` tells it: what is dead may still wait for somebody to notice. */
function alive(group: number): readonly string[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pgid=,stat=,args='], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => {
    const [pgid, stat = ''] = line.trim().split(/\s+/);
    return Number(pgid) === group && !stat.startsWith('Z');
  });
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`at ${signal} a task kills its command, says that nothing of it is left, and ends`, async (context) => {
    const { desk, launch, mark, kill, status } = await start(context, { kind: 'task', id: 'arn' });
    const shell = Number(await readFile(mark, 'utf8'));
    kill(signal);
    const { reason } = await desk.said(launch, 'stopped');
    assert.match(reason, new RegExp(`Ended by ${signal}`));
    assert.deepEqual(alive(shell), []);
    assert.equal(await status, 1);
    const types = desk.heard.map(({ message }) => message.type).filter((type) => type !== 'heartbeat');
    assert.deepEqual(types, ['claim', 'stopped']);
  });
}

test('a process says nothing: whoever launched it sees it end', async (context) => {
  const { desk, kill, status } = await start(context, { kind: 'process', id: '7', started: 'once' });
  kill('SIGTERM');
  assert.equal(await status, 1);
  assert.ok(!desk.heard.some(({ message }) => message.type === 'stopped'));
});
