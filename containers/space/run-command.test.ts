import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { type Command, runCommand } from './run-command.ts';

const posix = { skip: process.platform === 'win32' };

const commandOf = (command: string, more: Partial<Command> = {}): Command => ({
  command,
  cwd: tmpdir(),
  env: { PATH: '/usr/bin:/bin' },
  timeoutMs: 30_000,
  ...more,
});

const never = new AbortController().signal;

test('exit code and both outputs are kept', posix, async () => {
  const end = await runCommand(commandOf('echo out; echo err >&2; exit 7'), never);
  assert.equal(end.exitCode, 7);
  assert.equal(end.stdout.text().text, 'out\n');
  assert.equal(end.stderr.text().text, 'err\n');
  assert.equal(end.timedOut, false);
});

test('there is nothing to read', posix, async () => {
  const end = await runCommand(commandOf('cat; echo done'), never);
  assert.equal(end.stdout.text().text, 'done\n');
});

test('the environment is the given one and nothing else', posix, async (context) => {
  process.env['TANDEM_TEST_SECRET'] = 'secret';
  context.after(() => delete process.env['TANDEM_TEST_SECRET']);
  const end = await runCommand(commandOf('env', { env: { PATH: '/usr/bin:/bin', A: '1' } }), never);
  const names = end.stdout
    .text()
    .text.trim()
    .split('\n')
    .map((line) => line.split('=')[0]);
  const ofTheShell = ['PWD', 'OLDPWD', 'SHLVL', '_'];
  assert.deepEqual(names.filter((name) => !ofTheShell.includes(name ?? '')).sort(), ['A', 'PATH']);
});

test('a command that ends leaves nothing in the background', posix, async () => {
  const end = await runCommand(commandOf('sleep 1000 & echo $!'), never);
  const pid = Number(end.stdout.text().text);
  assert.ok(pid > 0);
  assert.equal(end.exitCode, 0);
  assert.equal(await lives(pid), false);
});

test('a command that ignores its timeout is killed after a grace', posix, async () => {
  const end = await runCommand(
    commandOf("trap '' TERM; echo $$; while :; do sleep 0.1; done", { timeoutMs: 100 }),
    never,
  );
  assert.equal(end.timedOut, true);
  assert.equal(end.exitCode, null);
  assert.equal(await lives(Number(end.stdout.text().text)), false);
});

test('a command may tidy up at its timeout', posix, async () => {
  const end = await runCommand(
    commandOf("trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.05; done", { timeoutMs: 1_000 }),
    never,
  );
  assert.deepEqual([end.timedOut, end.exitCode, end.stdout.text().text], [true, 5, 'ready\nbye\n']);
});

test('aborting kills at once', posix, async () => {
  const controller = new AbortController();
  const run = runCommand(commandOf("trap '' TERM; while :; do sleep 0.05; done"), controller.signal);
  controller.abort(new Error('stop'));
  assert.equal((await run).exitCode, null);
});

test('a folder that is not there is an error', posix, async () => {
  await assert.rejects(runCommand(commandOf('true', { cwd: '/nowhere/at/all' }), never), /ENOENT/);
});

async function lives(pid: number): Promise<boolean> {
  const { processStart } = await import('../../shared/processes/process-start.ts');
  return (await processStart(pid)) !== undefined;
}
