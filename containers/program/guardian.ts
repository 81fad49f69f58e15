import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Remembers processes until its input ends, which is when the server is gone, however it went; then it kills those
 * that are left. A program in an endless loop would not notice the end of its own input.
 */
const script = `
pids=" "
while read -r order pid; do
  case $order in
    watch) pids="$pids$pid " ;;
    leave) pids="\${pids%% $pid *} \${pids#* $pid }" ;;
  esac
done
for pid in $pids; do kill -9 "$pid" 2>/dev/null; done
`;

/** Sees to it that child processes do not outlive this one, not even its sudden death. */
export class Guardian {
  #shell: ChildProcess | undefined;

  /** Until the process has exited. Windows has no shell for this; there, children end with their input only. */
  watch(child: ChildProcess): void {
    if (process.platform === 'win32' || child.pid === undefined) return;
    const { pid } = child;
    this.#shell ??= this.#start();
    this.#shell.stdin?.write(`watch ${pid}\n`);
    child.once('exit', () => this.#shell?.stdin?.write(`leave ${pid}\n`));
  }

  close(): void {
    this.#shell?.stdin?.end();
    this.#shell = undefined;
  }

  #start(): ChildProcess {
    // In a session of its own: what ends the server from the keyboard must not end the guardian first.
    const shell = spawn('/bin/sh', ['-c', script], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      env: {},
    });
    shell.once('error', () => {});
    shell.stdin.on('error', () => {});
    shell.unref();
    return shell;
  }
}
