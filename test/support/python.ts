import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A program of Python that is missing cannot be made ready here; the message says what is missing. */
export class NoPython extends Error {}

/**
 * The path of a program, installed from the hashed `requirements.txt` of a folder when it is not yet, into `.venv` beside
 * it, which git ignores: nothing of the machine's own Python is touched. Throws {@link NoPython}.
 */
export function pythonProgram(name: string, folder: URL): string {
  const environment = fileURLToPath(new URL('.venv', folder));
  const requirements = fileURLToPath(new URL('requirements.txt', folder));
  const programs = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');
  // A copy of the requirements that are installed, written last.
  const installed = join(environment, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  const program = join(programs, name);
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return program;

  console.log(`Installing ${name} into ${environment}, once …`);
  rmSync(environment, { recursive: true, force: true });
  const made = run(pythonOfThisMachine(), ['-m', 'venv', environment]);
  if (!made.ok) throw new NoPython(`Python's venv module is missing (Debian: python3-venv). ${made.said}`);
  const filled = run(join(programs, 'python'), [
    ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'],
    ...['--require-hashes', '--only-binary', ':all:', '-r', requirements],
  ]);
  if (!filled.ok) throw new NoPython(`${name} could not be installed. ${filled.said}`);
  writeFileSync(installed, wanted);
  return program;
}

/** Python from 3.11 on. */
function pythonOfThisMachine(): string {
  const found = ['python3', 'python'].find((name) => {
    return run(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']).ok;
  });
  if (found !== undefined) return found;
  throw new NoPython('Python 3.11 or later is needed as `python3`: get it from https://www.python.org.');
}

function run(file: string, args: readonly string[]): { readonly ok: boolean; readonly said: string } {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8' });
  return { ok: status === 0, said: error?.message ?? `${stdout}${stderr}`.trim() };
}
