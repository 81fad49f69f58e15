import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { TandemError } from '../../../shared/errors/tandem-error.ts';

/** What `package.json` names is a folder of this machine: no registry is asked. */
const install = 'install --offline --ignore-scripts --no-audit --no-fund --loglevel=error';

/**
 * `npm install` in a new folder: links `node_modules/tandem` to the checkout, for programs, tests and editors, and puts
 * the launcher where `npx tandem` finds it. Throws `environment.unsupported` when npm is not there or does not do it.
 */
export async function linkTandem(folder: string): Promise<void> {
  const npm = startNpm(folder);
  const ended = new Promise<number | string | null>((resolve) => {
    npm.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    npm.once('close', (code) => resolve(code));
  });
  const [end, said] = await Promise.all([ended, text(npm.stderr).catch(() => '')]);
  if (end === 0) return;
  throw new TandemError('environment.unsupported', {
    message: `The files are made, but \`npm install\` in ${folder} ended with ${end}${lastLine(said)}`,
  });
}

/** A batch file on Windows, which needs a shell. */
function startNpm(cwd: string) {
  const shell = process.platform === 'win32';
  return spawn('npm', install.split(' '), {
    cwd,
    env: environment(),
    shell,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Without what an npm around us has set for its own project. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
}

function lastLine(said: string): string {
  const line = said
    .trim()
    .split('\n')
    .find((one) => !/npm (?:error|ERR!) code/.test(one));
  return line === undefined || line === '' ? '' : ` (${line.trim()})`;
}
