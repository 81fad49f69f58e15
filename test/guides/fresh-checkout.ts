import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installIfNeeded } from '../../bin/lib/install.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Puts a checkout, with its dependencies installed, into a folder: what a reader has who has just cloned. */
export async function freshCheckout(folder: string): Promise<void> {
  // Otherwise the launcher in there would install, and npm empties the folder that a link leads to.
  await installIfNeeded(root);
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 16_000_000,
  });
  for (const path of listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
}
