import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ServerProcess } from '../support/server-process.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const launcher = join(checkout, 'bin/tandem.mjs');
const compiler = join(checkout, 'node_modules/typescript/bin/tsc');

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with the pinned Node first on the path, and without the marks of the test runner around us. */
function run(cwd: string, file: string, ...args: string[]): Promise<Ended> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(file, args, { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

describe('a folder that init has made', { timeout: 300_000 }, () => {
  let root: string;
  let folder: string;
  let said: Ended;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'tandem-first-hour-'));
    folder = join(root, 'expenses');
    said = await run(root, process.execPath, launcher, 'init', 'expenses');
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('was made without the network, and says what comes next', () => {
    assert.equal(said.code, 0, said.stderr);
    for (const next of ['cd expenses', 'npm test', 'npx tandem dev'])
      assert.ok(said.stdout.includes(`\n  ${next}`), said.stdout);
  });

  it('has a test that passes', async () => {
    const { code, stdout, stderr } = await run(folder, 'npm', 'test');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /a large claim is handed in once a person has approved[\s\S]*pass 3\n/);
  });

  it('has types that an editor finds', async () => {
    const { code, stdout } = await run(folder, process.execPath, compiler, '--noEmit');
    assert.equal(code, 0, stdout);
    writeFileSync(join(folder, 'wrong.ts'), `import { file } from 'tandem';\nawait file.write(1, 2);\n`);
    const wrong = await run(folder, process.execPath, compiler, '--noEmit');
    rmSync(join(folder, 'wrong.ts'));
    assert.match(wrong.stdout, /^wrong\.ts\(2,18\): error TS2345/);
  });

  it('has an agent that runs, found by npx, and stopped by --once where a person has to approve', async () => {
    const server = new ServerProcess(join(folder, '.tandem'));
    await server.start();
    try {
      const typed = ['tandem', 'run', 'agent.ts', '--input', '@input.json', '--json'];
      const asks = await run(folder, 'npx', ...typed, '--once');
      assert.equal(asks.code, 4, asks.stderr);
      const done = await run(folder, 'npx', ...typed, '--yes');
      assert.equal(done.code, 0, done.stderr);
      const last = JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '');
      assert.equal(last.run.agent, 'expenses');
      assert.deepEqual(last.run.output, { handedIn: true, total: 275 });
    } finally {
      await server.stop();
    }
  });

  it('is not made twice', async () => {
    const before = readFileSync(join(folder, 'agent.ts'));
    const { code, stdout } = await run(root, process.execPath, launcher, 'init', 'expenses', '--json');
    assert.equal(code, 2);
    assert.equal(JSON.parse(stdout).error.code, 'usage');
    assert.deepEqual(readFileSync(join(folder, 'agent.ts')), before);
  });

  it('tells programs what it has made, under the name that was asked for', async () => {
    const { stdout } = await run(
      root,
      process.execPath,
      launcher,
      'init',
      'other',
      '--name',
      'claims',
      '--json',
    );
    const made = JSON.parse(stdout);
    assert.deepEqual([made.folder, made.name, made.kept], [join(root, 'other'), 'claims', []]);
    assert.ok(made.made.includes('agent.ts'));
  });
});
