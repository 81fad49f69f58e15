import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../bin/tandem.mjs', import.meta.url));

const root = mkdtempSync(join(tmpdir(), 'tandem-quickstart-'));
after(() => rmSync(root, { recursive: true, force: true }));

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function outputOf(process: ChildProcess): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' };
  process.stdout?.on('data', (chunk) => (said.stdout += String(chunk)));
  process.stderr?.on('data', (chunk) => (said.stderr += String(chunk)));
  const [code] = (await once(process, 'close')) as [number];
  return { code, ...said };
}

/** The first match in what a process says. */
async function waitFor(process: ChildProcess, pattern: RegExp): Promise<string> {
  let said = '';
  for await (const chunk of process.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    said += String(chunk);
    const [match] = pattern.exec(said) ?? [];
    if (match !== undefined) return match;
  }
  return assert.fail(`it ended without ${pattern}:\n${said}`);
}

test('a run that waits for a person outlives its server, and publishes once it is approved', async () => {
  const data = join(root, 'approved');
  const options = ['--once', '--port', '0', '--data', data];
  const first = await outputOf(start('quickstart', ...options));
  assert.equal(first.code, 4, first.stderr);
  const [run] = /run_[0-9a-z]+/.exec(first.stdout) ?? [];
  assert.match(first.stdout, /npx tandem approve apr_[0-9a-z]+ --data /);

  const second = await outputOf(start('quickstart', ...options, '--yes', '--json'));
  assert.equal(second.code, 0, second.stderr);
  const last = JSON.parse(second.stdout.trim().split('\n').at(-1) as string);
  assert.equal(last.run.run, run);
  assert.deepEqual([last.run.status, last.run.output.rows, last.run.output.dirty], ['succeeded', 897, 17]);

  const saved = (name: string) => readFileSync(join(data, 'artifacts', String(run), name), 'utf8');
  assert.match(
    saved('report.md'),
    /# Revenue in orders\.csv[\s\S]*## 17 of 914 rows set aside[\s\S]*: the same\./,
  );
  assert.match(saved('chart.svg'), /^<svg [\s\S]*Revenue over time and by category[\s\S]*<\/svg>\n$/);
});

test('a report that is denied stays a draft; the server goes on until it is stopped', async () => {
  const data = join(root, 'denied');
  const quickstart = start('quickstart', '--port', '0', '--data', data);
  const ended = once(quickstart, 'close');
  const approval = await waitFor(quickstart, /apr_[0-9a-z]+/);
  const denied = await outputOf(start('deny', approval, '--reason', 'too early', '--data', data, '--json'));
  assert.equal(JSON.parse(denied.stdout).status, 'denied');
  await waitFor(quickstart, /Not published: denied by cli \(too early\)[\s\S]*Ctrl-C stops it/);
  quickstart.stdout?.resume();

  const artifacts = await outputOf(start('artifacts', '--data', data, '--json'));
  assert.deepEqual(JSON.parse(artifacts.stdout), { items: [] });
  const verified = await outputOf(start('verify', '--data', data));
  assert.equal(verified.code, 0, verified.stdout);

  quickstart.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  const gone = await outputOf(start('runs', '--data', data));
  assert.equal(gone.code, 3);
  assert.match(gone.stderr, /npx tandem up/);
});

test('a program that reads the quickstart is told where the run stands when a person has to approve', async () => {
  const data = join(root, 'waiting');
  const first = await outputOf(start('quickstart', '--once', '--json', '--port', '0', '--data', data));
  assert.equal(first.code, 4, first.stderr);
  const last = JSON.parse(first.stdout.trim().split('\n').at(-1) as string);
  assert.deepEqual([last.run.status, last.run.openApprovals.length, last.artifacts], ['waiting', 1, []]);
});
