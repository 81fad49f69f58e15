import { spawn } from 'node:child_process';
import { isatty } from 'node:tty';

/** @type {readonly NodeJS.Signals[]} On Windows the console reaches both processes by itself, and nothing else can. */
const forwarded = process.platform === 'win32' ? [] : ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** @type {readonly NodeJS.Signals[]} */
const ignored = process.platform === 'win32' ? ['SIGINT', 'SIGBREAK'] : [];

/**
 * Goes on as another Node: same streams, and every signal and the end passed on as they are. The channel between
 * the two carries nothing; the child sees it close when this process is killed.
 *
 * @param {string} node path of the executable
 * @param {readonly string[]} args
 */
export function handOver(node, args) {
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const stopForwarding = forwardSignals(child);
  child.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    stopForwarding();
    console.error(
      `The pinned Node ${node} does not run here (${error.code}): use Node 24 or later yourself.`,
    );
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    stopForwarding();
    if (signal === null) process.exit(code);
    process.kill(process.pid, signal);
  });
}

/**
 * Passes signals on; returns how to end that.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function forwardSignals(child) {
  const terminal = isatty(0);
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    // Ctrl-C in a terminal reaches the whole process group: once is what was typed.
    if (signal === 'SIGINT' && terminal) return;
    child.kill(signal);
  };
  const ignore = () => {};
  for (const signal of forwarded) process.on(signal, forward);
  for (const signal of ignored) process.on(signal, ignore);
  return () => {
    for (const signal of forwarded) process.off(signal, forward);
    for (const signal of ignored) process.off(signal, ignore);
  };
}
