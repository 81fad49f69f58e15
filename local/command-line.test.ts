import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const commandLine = fileURLToPath(new URL('command-line.ts', import.meta.url));

/** A command that fails with an error that nobody has expected. */
function failing(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const code = `
    import { exitWith } from ${JSON.stringify(commandLine)};
    exitWith(new TypeError('Cannot read x\\nof nothing'), 'Usage: …');`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', code, ...args], {
    encoding: 'utf8',
    env: { ...process.env, TANDEM_LOG_LEVEL: 'info', ...env },
  });
}

test('what nobody expected is a sentence with a code, and no stack', () => {
  const { status, stdout, stderr } = failing([]);
  assert.deepEqual([status, stdout], [1, '']);
  assert.match(
    stderr,
    /^tandem: Tandem cannot go on: Cannot read x\. Please report it[^\n]* \[internal\]\n$/,
  );
});

test('whoever mends it is shown where it happened', () => {
  assert.match(
    failing([], { TANDEM_LOG_LEVEL: 'debug' }).stderr,
    /TypeError: Cannot read x\nof nothing\n\s+at /,
  );
});

test('a program is told on standard output', () => {
  const { status, stdout, stderr } = failing(['--', '--json']);
  assert.deepEqual([status, stderr], [1, '']);
  assert.equal(JSON.parse(stdout).error.code, 'internal');
});
