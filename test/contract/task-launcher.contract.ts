import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { sha256 } from '../../shared/domain/canonical.ts';
import type { ScriptedCommand } from '../../shared/memory/scripted-worker.ts';
import type { TaskLauncher } from '../../shared/ports/task-launcher.ts';
import type { ReportDesk } from './report-desk.ts';

export interface LauncherUnderTest {
  readonly launcher: TaskLauncher;
  readonly desk: ReportDesk;
  /** Brings the next heartbeats about. */
  beat(): Promise<void>;
  /** Resolves when the launcher counts no worker for the operation any more. */
  idle(operation: number): Promise<void>;
}

/** Each command both as a shell line and as what it does there. */
const commands = {
  greet: {
    line: 'cat name.txt && echo hello > sub/out.txt && rm old.txt && exit 3',
    script: async ({ files, print }) => {
      print(Buffer.from(files.get('name.txt') ?? '').toString());
      files.set('sub/out.txt', Buffer.from('hello\n'));
      files.delete('old.txt');
      return 3;
    },
  },
  quiet: { line: 'true', script: async () => 0 },
  endless: {
    line: 'sleep 1000',
    script: async ({ sleep }) => {
      await sleep(1_000_000);
      return 0;
    },
  },
} as const satisfies Record<string, { line: string; script: ScriptedCommand }>;

/** What a scripted launcher does for a command line of these tests. */
export function scriptOf(line: string): ScriptedCommand {
  const command = Object.values(commands).find((one) => one.line === line);
  assert.ok(command, `no script for: ${line}`);
  return command.script;
}

/** What not every launcher can. */
export interface LauncherTraits {
  /** Whether it can end a worker, and tell whether one was launched: nobody can for an invocation of Lambda. */
  readonly kills: boolean;
}

/** What every launcher does; `make` gives one whose workers report to the desk. */
export function describeTaskLauncher(
  name: string,
  make: (context: TestContext) => Promise<LauncherUnderTest>,
  { kills }: LauncherTraits = { kills: true },
): void {
  describe(`task launcher: ${name}`, () => {
    test('a worker claims, runs the command on the workspace and reports what changed', async (context) => {
      const { launcher, desk } = await make(context);
      const launch = desk.open({
        command: commands.greet.line,
        files: { 'name.txt': 'Ada', 'old.txt': 'x', 'sub/same.txt': 'y' },
      });
      await launcher.launch(launch);
      const done = await desk.said(launch, 'done');
      assert.equal(done.exitCode, 3);
      assert.equal(done.stdout, 'Ada');
      assert.equal(done.timedOut, false);
      const digest = sha256('hello\n');
      assert.deepEqual(done.changed, [
        { path: 'old.txt', deleted: true },
        { path: 'sub/out.txt', digest, size: 6 },
      ]);
      assert.equal(Buffer.from((await desk.blobs.get(digest)) ?? 'none').toString(), 'hello\n');
    });

    test('a heartbeat answered with stop ends the command without an outcome', async (context) => {
      const { launcher, desk, beat, idle } = await make(context);
      const launch = desk.open({ command: commands.endless.line });
      await launcher.launch(launch);
      const { worker } = await desk.said(launch, 'claim');
      desk.stopping = true;
      await beat();
      await idle(launch.operation);
      // Of an invocation it is known only that its life is not over.
      assert.equal(await launcher.alive(worker), !kills);
      const types = new Set(desk.heard.map(({ message }) => message.type));
      assert.ok(!types.has('done') && !types.has('failed'));
    });

    test('a command ends at its timeout', async (context) => {
      const { launcher, desk, beat } = await make(context);
      const launch = desk.open({ command: commands.endless.line, timeoutMs: 1_000 });
      await launcher.launch(launch);
      await desk.said(launch, 'claim');
      const ended = desk.said(launch, 'done');
      await beat();
      const { exitCode, timedOut, durationMs } = await ended;
      assert.deepEqual({ exitCode, timedOut }, { exitCode: null, timedOut: true });
      assert.ok(durationMs >= 1_000);
    });

    test('an operation with a forged ticket is never begun', async (context) => {
      const { launcher, desk, idle } = await make(context);
      const launch = { ...desk.open({ command: commands.quiet.line }), ticket: 'ticket-99' };
      await launcher.launch(launch);
      await idle(launch.operation);
      assert.deepEqual(desk.heard, []);
    });

    if (kills) testKilling(make);
  });
}

/** What launchers do that can end a worker. */
function testKilling(make: (context: TestContext) => Promise<LauncherUnderTest>): void {
  test('the claim comes first, and names a worker that is alive until it ends', async (context) => {
    const { launcher, desk, idle } = await make(context);
    const launch = desk.open({ command: commands.endless.line });
    await launcher.launch(launch);
    const { worker } = await desk.said(launch, 'claim');
    assert.equal(desk.heard[0]?.message.type, 'claim');
    assert.equal(await launcher.alive(worker), true);
    assert.equal(await launcher.alive({ ...worker, started: 'another time' }), false);
    assert.equal(await launcher.launched(launch), true);
    await launcher.stop(worker);
    await idle(launch.operation);
    assert.equal(await launcher.launched(launch), false);
  });

  test('launched again, an operation is done once, and the worker at work is left in peace', async (context) => {
    const { launcher, desk, idle } = await make(context);
    const launch = desk.open({ command: commands.endless.line });
    // One after the other: a launch that still waits for its worker may take the next one of its operation along.
    await launcher.launch(launch);
    const { worker } = await desk.said(launch, 'claim');
    await launcher.launch({ ...launch, attempt: '2' });
    await desk.claimed(launch, 2);
    // Long enough for the one that was refused to clear away what it believes to be its own.
    const other = desk.open({ command: commands.quiet.line });
    await launcher.launch(other);
    await desk.said(other, 'done');
    assert.equal(await launcher.alive(worker), true);
    const ends = desk.heard.filter(
      ({ operation, message }) =>
        operation === launch.operation && (message.type === 'done' || message.type === 'failed'),
    );
    assert.deepEqual(ends, []);
    await launcher.stop(worker);
    await idle(launch.operation);
  });

  test('a stopped worker is dead at once and has no outcome', async (context) => {
    const { launcher, desk, idle } = await make(context);
    const launch = desk.open({ command: commands.endless.line });
    await launcher.launch(launch);
    const { worker } = await desk.said(launch, 'claim');
    await launcher.stop(worker);
    assert.equal(await launcher.alive(worker), false);
    await launcher.stop(worker);
    await idle(launch.operation);
    // One that is asked to end says so, one that is killed does not.
    const said = desk.heard.map(({ message }) => message.type).filter((type) => type !== 'stopped');
    assert.deepEqual(said, ['claim']);
  });
}
