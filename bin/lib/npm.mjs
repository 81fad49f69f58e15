import { spawn } from 'node:child_process';
import { explain } from './npm-failures.mjs';
import { LaunchProblem } from './problem.mjs';

// Development dependencies too, since the pinned Node is one; an unreachable registry is given up after seconds
// instead of a minute.
const ci =
  'ci --include=dev --prefer-offline --no-audit --no-fund --fetch-retry-mintimeout=500 --fetch-retry-maxtimeout=2000';

/**
 * `npm ci` with one line of progress on the error stream.
 *
 * @param {string} root the checkout
 */
export async function npmCi(root) {
  const startedAt = Date.now();
  process.stderr.write('Installing dependencies from package-lock.json ');
  const progress = setInterval(() => process.stderr.write('.'), 1_000);
  const { code, output } = await run(root).finally(() => clearInterval(progress));
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  process.stderr.write(code === 0 ? ` done in ${seconds} s.\n` : ' failed.\n');
  if (code !== 0) throw new LaunchProblem(explain(code, output));
}

/**
 * @param {string} root
 * @returns {Promise<{ code: number | string | null | undefined, output: string }>} npm's exit code, or the error code
 *   of starting it, and all it printed
 */
function run(root) {
  const child = spawnNpm(root);
  child.stdin.end();
  let output = '';
  /** @param {Buffer} chunk */
  const collect = (chunk) => {
    output += chunk;
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return new Promise((resolve) => {
    child.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      resolve({ code: error.code, output }),
    );
    child.once('close', (code) => resolve({ code, output }));
  });
}

/**
 * The npm that called us, or the one on the path: a batch file on Windows, which needs a shell.
 *
 * @param {string} root
 */
function spawnNpm(root) {
  const caller = process.env['npm_execpath'] ?? '';
  if (caller.endsWith('npm-cli.js'))
    return spawn(process.execPath, [caller, ...ci.split(' ')], { cwd: root });
  if (process.platform === 'win32') return spawn(`npm ${ci}`, { cwd: root, shell: true });
  return spawn('npm', ci.split(' '), { cwd: root });
}
