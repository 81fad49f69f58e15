import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchProblem } from './problem.mjs';

/**
 * Whether a Node is as good as the pinned one: it runs `.ts` files and has every API in use.
 *
 * @param {string} version e.g. `24.1.0`
 */
export function isGoodEnough(version) {
  return Number(version.split('.')[0]) >= 24;
}

/**
 * The Node 24 that the lock file pins, as npm installed it.
 *
 * @param {string} root the checkout
 */
export function pinnedNode(root) {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(root, 'node_modules', 'node', 'bin', name);
  if (existsSync(path)) return path;
  throw new LaunchProblem(
    'The pinned Node 24 is not installed, because npm did not run its install script: run `npm rebuild node --ignore-scripts=false`, or use Node 24 or later yourself.',
  );
}
