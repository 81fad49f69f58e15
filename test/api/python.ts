import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
/** Inside the checkout, ignored by git: nothing of the machine's own Python is touched. */
const environment = fileURLToPath(new URL('.venv', import.meta.url));
const programs = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');
/** A copy of the requirements that are installed, written last. */
const installed = join(environment, 'installed.txt');

/** The fuzz cannot be made ready here; the message says what is missing. */
export class NoPython extends Error {}

/** The path of schemathesis, installed from the hashed requirements when it is not yet. Throws {@link NoPython}. */
export function schemathesis(): string {
  if (!isInstalled()) install();
  return join(programs, 'schemathesis');
}

function isInstalled(): boolean {
  return existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(requirements, 'utf8');
}

function install(): void {
  console.log('Installing schemathesis into test/api/.venv, once …');
  rmSync(environment, { recursive: true, force: true });
  const python = pythonOfThisMachine();
  const made = run(python, ['-m', 'venv', environment]);
  if (!made.ok)
    throw new NoPython(`The fuzz needs Python's venv module (Debian: python3-venv). ${made.said}`);
  const filled = run(join(programs, 'python'), [
    ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'],
    ...['--require-hashes', '--only-binary', ':all:', '-r', requirements],
  ]);
  if (!filled.ok) throw new NoPython(`schemathesis could not be installed. ${filled.said}`);
  writeFileSync(installed, readFileSync(requirements));
}

/** Python from 3.11 on. */
function pythonOfThisMachine(): string {
  const found = ['python3', 'python'].find((name) => {
    return run(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']).ok;
  });
  if (found !== undefined) return found;
  throw new NoPython('The fuzz needs Python 3.11 or later as `python3`: get it from https://www.python.org.');
}

function run(file: string, args: readonly string[]): { readonly ok: boolean; readonly said: string } {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8' });
  return { ok: status === 0, said: error?.message ?? `${stdout}${stderr}`.trim() };
}
