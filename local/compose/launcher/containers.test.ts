import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { ourImage } from '../../../test/support/docker.ts';
import { ecsLauncherOver, openDockerTasks } from '../../../test/support/docker-tasks.ts';

const found = ourImage('space');
const image = 'image' in found ? found.image : '';
// Everything runs in CI: there a machine without Docker is a failure.
const skip = 'absent' in found && !process.env['CI'] && found.absent;

async function open(context: TestContext) {
  if ('absent' in found) throw new Error(`Tasks were not tested: ${found.absent}.`);
  const opened = await openDockerTasks(context, image);
  return { ...opened, ...(await ecsLauncherOver(context, opened)) };
}

const look = [
  'id -u',
  'touch /beside 2>/dev/null || echo read-only',
  'echo ok > ../tmp/file && cat ../tmp/file',
  "grep -E '^(CapInh|CapPrm|CapEff|CapBnd|CapAmb|NoNewPrivs):' /proc/self/status",
  'ls /var/run/docker.sock 2>/dev/null || echo no socket',
  'env | grep -c TANDEM_TICKET || true',
].join('; ');

test('a task is nobody, may nothing, and writes into memory only', { skip }, async (context) => {
  const { launcher, desk } = await open(context);
  const launch = desk.open({ command: look });
  await launcher.launch(launch);
  const { stdout } = await desk.said(launch, 'done');
  const none = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((name) => `${name}:\t0000000000000000`);
  assert.deepEqual(stdout.trim().split('\n'), [
    '1000',
    'read-only',
    'ok',
    ...none,
    'NoNewPrivs:\t1',
    'no socket',
    '0',
  ]);
});

test('a task that is stopped kills its command, says so, and its end is told', { skip }, async (context) => {
  const { launcher, desk, tasks } = await open(context);
  const launch = desk.open({ command: "trap '' TERM; sleep 1000" });
  await launcher.launch(launch);
  const { worker } = await desk.said(launch, 'claim');
  const heard = new AbortController();
  context.after(() => heard.abort());
  const end = tasks.ended(heard.signal).next();
  await launcher.stop(worker);
  assert.match((await desk.said(launch, 'stopped')).reason, /SIGTERM/);
  const { value } = await end;
  assert.deepEqual([value?.taskArn, value?.stopCode], [worker.id, 'EssentialContainerExited']);
  assert.equal(value?.containers[0]?.exitCode, 1);
});

test('a task that does not end when it is told to is killed', { skip }, async (context) => {
  const { launcher, desk, tasks } = await open(context);
  // A worker that is halted hears no signal but the last.
  const launch = desk.open({ command: 'kill -STOP $PPID; sleep 1000' });
  await launcher.launch(launch);
  const { worker } = await desk.said(launch, 'claim');
  while (!isHalted(worker.id)) await pause(100);
  await launcher.stop(worker);
  const task = await tasks.describe(worker.id);
  assert.deepEqual([task?.lastStatus, task?.containers[0]?.exitCode], ['STOPPED', 137]);
});

/** Whether a process of the task is halted, as `ps` tells it. */
function isHalted(arn: string): boolean {
  const docker = (...args: string[]) => spawnSync('docker', args, { encoding: 'utf8' }).stdout.trim();
  const id = docker('ps', '-q', '--filter', `label=tandem.task=${arn}`);
  return /\sT/.test(docker('top', id, '-eo', 'pid,stat'));
}
