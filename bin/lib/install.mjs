import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchProblem } from './problem.mjs';

/**
 * Installs the dependencies from the lock file unless they are: which holds when the stamp, a copy of the lock file
 * they were installed from, equals it, or when npm's own record says so (somebody ran npm by hand).
 *
 * @param {string} root the checkout
 * @param {(root: string) => Promise<void>} install
 */
export async function installIfNeeded(root, install = runNpm) {
  const lock = readIfThere(join(root, 'package-lock.json'));
  if (lock === undefined) {
    throw new LaunchProblem(`There is no package-lock.json in ${root}: check the project out again.`);
  }
  const stamp = join(root, 'node_modules', '.tandem-lock.json');
  if (readIfThere(stamp) === lock) return;
  const { isInstalled } = await import('./lock.mjs');
  const record = readIfThere(join(root, 'node_modules', '.package-lock.json'));
  if (!isInstalled(lock, record)) await install(root);
  try {
    writeFileSync(stamp, lock);
  } catch {
    // A checkout that cannot be written to: it is compared again next time.
  }
}

/** @param {string} root */
async function runNpm(root) {
  const { npmCi } = await import('./npm.mjs');
  await npmCi(root);
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT') return undefined;
    throw new LaunchProblem(`${path} cannot be read (${code}): give yourself permission and try again.`);
  }
}
