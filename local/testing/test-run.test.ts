import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { testRun } from './index.ts';

const execute = promisify(execFile);

const folder = await mkdtemp(join(tmpdir(), 'tandem-testing-'));
after(() => rm(folder, { recursive: true }));

let programs = 0;

/** A program file with this body, which has the whole author library. */
async function program(body: string): Promise<string> {
  programs += 1;
  const file = join(folder, `program-${programs}.ts`);
  const library = 'agent, approval, artifact, command, file, log, now, random, signal, sleep';
  await writeFile(
    file,
    `import { ${library} } from 'tandem';\nexport default async (input: any) => {\n${body}\n};\n`,
  );
  return file;
}

const hello = new URL('../../examples/hello/agent.ts', import.meta.url);
const size = { 'node -p "fs.statSync(\'letter.txt\').size"': { stdout: '24\n' } };

describe('the author’s test kit', () => {
  test('runs an agent to its end with scripted commands and approvals', async () => {
    const asked: unknown[] = [];
    const run = await testRun(hello, {
      input: { name: 'Ada' },
      commands: size,
      approvals: ({ what }) => {
        asked.push(what);
        return 'approved';
      },
    });
    assert.equal(run.status, 'succeeded', JSON.stringify(run.error));
    assert.deepEqual(run.output, { kept: true, bytes: 24 });
    assert.deepEqual(asked, ['Keep a letter of 24 bytes']);
    assert.equal(run.files.get('letter.txt'), 'Dear Ada,\n\nall is well.\n');
    assert.deepEqual(run.artifacts, ['letter.txt']);
    assert.deepEqual(
      run.operations.map(({ kind }) => kind),
      ['file.write', 'command.run', 'approval.request', 'artifact.add'],
    );
    const [, command] = run.operations;
    assert.equal((command?.result as { stdout: string } | undefined)?.stdout, '24\n');
  });

  test('a denial is one more answer', async () => {
    const approvals = [{ decision: 'denied', reason: 'not today' }] as const;
    const run = await testRun(hello, { input: { name: 'Ada' }, commands: size, approvals });
    assert.deepEqual(run.output, { kept: false });
  });

  test('time is virtual: a sleep of a week takes none', async () => {
    const file = await program(
      'await sleep(7 * 24 * 3_600_000); return new Date(await now()).toISOString();',
    );
    const began = performance.now();
    const run = await testRun(file, { now: '2026-02-01T00:00:00.000Z' });
    assert.equal(run.output, '2026-02-08T00:00:00.000Z');
    assert.equal(run.tookMs, 7 * 24 * 3_600_000);
    assert.ok(performance.now() - began < 60_000);
  });

  test('the same test gives the same run: random numbers, ids and times too', async () => {
    const file = await program('return [Math.random(), await random(), crypto.randomUUID(), Date.now()];');
    const [first, second] = [await testRun(file), await testRun(file)];
    assert.deepEqual(first.output, second.output);
    assert.deepEqual(first.events, second.events);
  });

  test('commands work on the workspace, take time and fail', async () => {
    const file = await program(`
      const made = await command.run('make', { timeoutMs: 60_000 });
      const late = await command.run('slow', { timeoutMs: 1_000 });
      return [made.exitCode, await file.read('out.txt'), late.timedOut];`);
    const run = await testRun(file, {
      files: { 'in.txt': 'in' },
      commands: {
        make: ({ read, write }) => {
          write('out.txt', `from ${read('in.txt')}`);
          return { exitCode: 2 };
        },
        slow: ({ sleep }) => sleep(3_600_000),
      },
    });
    assert.deepEqual(run.output, [2, 'from in', true], JSON.stringify(run.error));
  });

  test('signals come at their time, other agents are called, approvals expire', async () => {
    const child = await program('return input.n * 2;');
    const file = await program(`
      const { payload } = await signal.wait('go');
      const { output } = await agent.call('child', { n: payload });
      const { decision } = await approval.request({ what: 'Go on', expiresInMs: 60_000 });
      return [output, decision];`);
    const run = await testRun(file, {
      agents: { child },
      signals: [{ name: 'go', payload: 21, afterMs: 5_000 }],
      approvals: () => undefined,
    });
    assert.deepEqual(run.output, [42, 'expired'], JSON.stringify(run.error));
    assert.ok(run.tookMs >= 65_000);
  });

  test('a program that throws fails its run, naming file and line', async () => {
    const file = await program("await log('before');\nthrow new RangeError('too far');");
    const run = await testRun(file);
    assert.equal(run.status, 'failed');
    assert.equal(run.error?.code, 'program.failed');
    assert.match(run.error?.message ?? '', /RangeError: too far \(program-\d+\.ts:4:7\)/);
  });

  test('a rejection that nobody handles is a failure of the run, not the end of the process', async () => {
    const file = await program("Promise.reject(new Error('lost'));\nreturn 1;");
    const kit = new URL('./index.ts', import.meta.url).href;
    const script = `import { testRun } from '${kit}';
      const { status, error } = await testRun(${JSON.stringify(file)});
      console.log(status, error.message);`;
    const { stdout } = await execute(process.execPath, ['--input-type=module', '-e', script]);
    assert.match(stdout, /^failed .*lost \(nobody handled this rejection\)/);
  });

  test('what the test does not answer fails the test, and says what', async () => {
    await assert.rejects(
      testRun(await program("await command.run('rm -rf /');")),
      /does not script: rm -rf \//,
    );
    const asks = await program("await approval.request({ what: 'Launch' });");
    await assert.rejects(testRun(asks), /does not answer: “Launch”/);
    await assert.rejects(
      testRun(await program("await signal.wait('never');")),
      /waits for ever, for: signal/,
    );
  });

  test('what the test says and the program does not come to fails the test', async () => {
    const quiet = await program('return 1;');
    await assert.rejects(
      testRun(quiet, { approvals: ['approved'] }),
      /asked for 0 approvals: 1 answers too many/,
    );
    const waits = await program("return (await signal.wait('go')).payload;");
    const signals = [
      { name: 'go', payload: 1 },
      { name: 'go', payload: 2, afterMs: 1_000 },
    ];
    await assert.rejects(testRun(waits, { signals }), /ended before its signal: go/);
  });

  test('time stands still while a script reads a file of its own, and people may think', async () => {
    const file = await program(`
      const { stdout } = await command.run('cat', { timeoutMs: 1_000 });
      return [stdout, (await approval.request({ what: 'Go on' })).decision];`);
    const run = await testRun(file, {
      commands: {
        cat: async ({ print }) => print((await readFile(file, 'utf8')).slice(0, 6)),
      },
      approvals: async () => {
        await readFile(file);
        return 'approved' as const;
      },
    });
    assert.deepEqual(run.output, ['import', 'approved'], JSON.stringify(run.error));
    assert.equal(run.tookMs, 0);
  });

  test('a long run is told whole', async () => {
    const run = await testRun(await program("for (let i = 0; i < 1_500; i++) await log('line');"));
    assert.equal(run.operations.length, 1_500);
    assert.equal(run.events.at(-1)?.type, 'run.succeeded');
  });
});
