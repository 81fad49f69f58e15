import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where a machine that can pull no images has, beside the checkout, what brings a Docker Engine and stand-ins for them. */
const labOf = (root: string) => join(root, '..', 'shared', 'twin-lab');

/** Whether there are stand-ins for images that cannot be pulled. */
export function hasStandIns(root: string): boolean {
  return existsSync(join(labOf(root), 'twin-images'));
}

/** Makes sure of a Docker Engine and, where no registry can be reached, of stand-ins for what is pulled elsewhere. */
export function prepareDocker(root: string): void {
  if (hasStandIns(root)) for (const step of ['engine', 'twin-images']) show(join(labOf(root), step), []);
  show('docker', ['version', '--format', 'Docker {{.Server.Version}}']);
}

/** Runs a command whose output is shown; throws when it fails. */
function show(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}
