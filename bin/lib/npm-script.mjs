import { askToStop } from './stop.mjs';

const everyMs = 500;

/**
 * npm passes SIGTERM to the shell of a script only, and that dies without telling the command inside. So a command
 * that was started by an npm script stops once its parent is gone; one that such a command started itself does not.
 *
 * @param {readonly string[]} args what was typed after `tandem`
 */
export function stopWithNpmScript(args) {
  const script = process.env['npm_lifecycle_script']?.split(' ') ?? [];
  if (process.platform === 'win32' || !script.includes(args[0] ?? '')) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    askToStop();
  }, everyMs);
  watch.unref();
}
