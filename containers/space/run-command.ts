import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { groupExists, killGroup } from '../../shared/processes/kill.ts';
import { Output } from './output.ts';

export interface Command {
  readonly command: string;
  /** Absolute. */
  readonly cwd: string;
  /** All of it: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export interface CommandEnd {
  readonly exitCode: number | null;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly durationMs: number;
  readonly timedOut: boolean;
}

/** How long a command may tidy up after its timeout, in milliseconds. */
const graceMs = 2_000;

/** How long output may follow the end of every process, in milliseconds. */
const drainMs = 500;

/**
 * Runs a command line in a process group of its own, without input. It has ended when its shell has: what it left in
 * the background is killed. Aborting `stop` kills all of it at once.
 */
export async function runCommand(command: Command, stop: AbortSignal): Promise<CommandEnd> {
  stop.throwIfAborted();
  const started = performance.now();
  const shell = startShell(command);
  const leader = shell.pid;
  const stdout = collect(shell.stdout);
  const stderr = collect(shell.stderr);
  const closed = once(shell, 'close');
  closed.catch(() => {});
  if (leader === undefined) throw (await once(shell, 'error'))[0];

  const abort = () => killGroup(leader, 'SIGKILL');
  stop.addEventListener('abort', abort);
  const timeout = armTimeout(leader, command.timeoutMs);
  const [exitCode] = (await once(shell, 'exit')) as [number | null];
  const durationMs = Math.round(performance.now() - started);
  const timedOut = await timeout.ended();
  stop.removeEventListener('abort', abort);
  killGroup(leader, 'SIGKILL');

  await Promise.race([closed, pause(drainMs, undefined, { ref: false })]);
  shell.stdout?.destroy();
  shell.stderr?.destroy();
  return { exitCode, stdout, stderr, durationMs, timedOut };
}

function startShell({ command, cwd, env }: Command): ChildProcess {
  const windows = process.platform === 'win32';
  const [file, args] = windows
    ? ['cmd.exe', ['/d', '/s', '/c', `"${command}"`]]
    : ['/bin/sh', ['-c', command]];
  return spawn(file, args, {
    cwd,
    env,
    detached: !windows,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    windowsVerbatimArguments: windows,
  });
}

function collect(stream: NodeJS.ReadableStream | null): Output {
  const output = new Output();
  stream?.on('data', (chunk: Buffer) => output.add(chunk));
  stream?.on('error', () => {});
  return output;
}

/** At the timeout the group is asked to end; those that have not by the end of the grace are killed. */
function armTimeout(leader: number, timeoutMs: number) {
  let killing: Promise<void> | undefined;
  const timer = setTimeout(() => {
    killing = endGroup(leader);
  }, timeoutMs);
  return {
    /** To be called when the shell has ended: whether the timeout ended it. */
    async ended(): Promise<boolean> {
      clearTimeout(timer);
      await killing;
      return killing !== undefined;
    },
  };
}

async function endGroup(leader: number): Promise<void> {
  killGroup(leader, 'SIGTERM');
  const deadline = performance.now() + graceMs;
  while (groupExists(leader) && performance.now() < deadline) await pause(50);
  killGroup(leader, 'SIGKILL');
}
