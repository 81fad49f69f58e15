import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installIfNeeded } from './install.mjs';
import { isGoodEnough, pinnedNode } from './pinned-node.mjs';
import { LaunchProblem } from './problem.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs a command of Tandem on the pinned Node: in this process when it is one, else in a child whose streams, signals
 * and exit code are this process's own. What only one of the two needs is loaded then: every start pays for the rest.
 *
 * @param {readonly string[]} args what was typed after `tandem`
 */
export async function launch(args) {
  try {
    await installIfNeeded(root);
    if (process.env['npm_lifecycle_script']) {
      const { stopWithNpmScript } = await import('./npm-script.mjs');
      stopWithNpmScript(args);
    }
    if (isGoodEnough(process.versions.node)) {
      const { runHere } = await import('./run-here.mjs');
      return await runHere(root, args);
    }
    const { handOver } = await import('./hand-over.mjs');
    handOver(pinnedNode(root), [join(root, 'bin', 'lib', 'handed-over.mjs'), ...args]);
  } catch (error) {
    if (!(error instanceof LaunchProblem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
