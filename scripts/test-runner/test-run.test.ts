import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const imports = "import { describe, it, test } from 'node:test'; import assert from 'node:assert/strict';\n";

/** Test files in every state a file can be in, with what the runner is to say about each. */
const files: Readonly<Record<string, string>> = {
  good: `${imports} describe('a', () => { it('b', () => {}); it('c', () => {}); });`,
  wrong: `${imports} console.log('run with seed 4711');
    describe('outer', () => { describe('inner', () => { it('differs', () => assert.deepEqual({ a: 1 }, { a: 2 })); }); });`,
  skipped: `${imports} it('works', () => {}); it.skip('later', () => {});`,
  todo: `${imports} it('works', () => {}); it.todo('some day');`,
  empty: 'console.log("no tests");',
  broken: 'this is not a program',
  hasty: `${imports} test('done', () => {}); test('cut off', () => new Promise(() => setTimeout(process.exit, 100, 0)));`,
  late: `${imports} test('done', () => { setImmediate(() => { throw new Error('thrown after the test'); }); });
    test('next', () => new Promise((resolve) => setTimeout(resolve, 20)));`,
  shared: `import { suite } from './shared.contract.ts'; suite();`,
  hook: `${imports} import { before } from 'node:test';
    describe('a', () => { before(() => { throw new Error('the hook failed'); }); it('b', () => {}); });`,
};

let root: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), 'tandem-runner-'));
  for (const part of ['scripts', 'shared/domain/in-parallel.ts'])
    cpSync(fileURLToPath(new URL(`../../${part}`, import.meta.url)), join(root, part), { recursive: true });
  mkdirSync(join(root, 'suite'));
  const contract =
    "import { it } from 'node:test'; export const suite = () => it('fails', () => { throw new Error('shared'); });";
  writeFileSync(join(root, 'suite', 'shared.contract.ts'), contract);
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(root, 'suite', `${name}.test.ts`), text);
});
after(() => rmSync(root, { recursive: true }));

function runTests(...args: string[]): { status: number | null; lines: string[]; stdout: string } {
  // Without this variable the runner would believe that it is a test file itself.
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const options = { cwd: root, env, encoding: 'utf8' } as const;
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(root, 'scripts', 'test.ts'), ...args],
    options,
  );
  return { status, stdout, lines: stdout.trimEnd().split('\n') };
}

describe('the test runner', () => {
  it('counts tests, not suites, and ends with 0 when all is well', () => {
    const { status, lines } = runTests('suite/good');
    assert.equal(lines.at(-1), '2 passed, 0 failed');
    assert.equal(status, 0);
  });

  const failing: [string, string, RegExp][] = [
    [
      'wrong',
      '0 passed, 1 failed',
      /wrong\.test\.ts:\d+ {2}outer › inner › differs\n[\s\S]*\+ actual - expected/,
    ],
    ['skipped', '1 passed, 1 failed', /later\n.*a test runs, or it is not there/],
    ['todo', '1 passed, 1 failed', /some day\n.*a test runs, or it is not there/],
    ['empty', '0 passed, 1 failed', /has no tests[\s\S]*Output of suite\/empty\.test\.ts:\s+no tests/],
    ['broken', '0 passed, 1 failed', /Expected ';'/],
    ['hasty', '1 passed, 1 failed', /ended before its tests had|has no tests/],
    ['late', '2 passed, 1 failed', /thrown after the test/],
    ['hook', '0 passed, 2 failed', /the hook failed/],
  ];
  for (const [name, count, explanation] of failing) {
    it(`fails a file that is ${name}, and says why`, () => {
      const { status, lines, stdout } = runTests(`suite/${name}`);
      assert.match(stdout, explanation);
      assert.equal(lines.at(-1), count);
      assert.equal(status, 1);
    });
  }

  it('names the place of a test that a shared suite defines', () => {
    assert.match(runTests('suite/shared').stdout, /✖ suite\/shared\.contract\.ts:1 {2}fails/);
  });

  it('repeats the seeds that a failing file named', () => {
    assert.match(runTests('suite/wrong').stdout, /Seeds: run with seed 4711/);
  });

  it('does not end well when there was nothing to run', () => {
    const { status, lines } = runTests('suite/absent');
    assert.equal(lines.at(-1), '0 passed, 1 failed');
    assert.equal(status, 1);
  });

  it('tells of every test and suite as soon as it has ended, and why it has failed', () => {
    writeFileSync(
      join(root, 'tell.mjs'),
      `import { runFile } from './scripts/test-runner/run-file.ts';
      import { endedLine } from './scripts/test-runner/texts.ts';
      const onEnd = (ended) => console.log(endedLine(ended));
      await runFile(process.cwd(), 'suite/wrong.test.ts', 60_000, { onEnd });
      await runFile(process.cwd(), 'suite/good.test.ts', 60_000, { onEnd, names: [/^a$/] });`,
    );
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
    const { stdout } = spawnSync(process.execPath, ['tell.mjs'], { cwd: root, env, encoding: 'utf8' });
    const marks = stdout.split('\n').filter((line) => /^ *[✖✔] /.test(line));
    const told = marks.map((line) => line.replace(/ {2}[\d.]+ s$/, ''));
    assert.deepEqual(told, ['    ✖ differs', '  ✖ inner', '✖ outer', '  ✔ b', '  ✔ c', '✔ a']);
    assert.match(stdout, /✖ differs .*\n {4}AssertionError/);
  });

  it('names the slowest files when asked to', () => {
    assert.match(
      runTests('--slow', 'suite/good').stdout,
      /Slowest files:\n +[\d.]+ s {2}suite\/good\.test\.ts/,
    );
  });
});
