import { spawnSync } from 'node:child_process';
import type { Finding } from './check.ts';

/** Longest that a shell may take to do nothing, in milliseconds. */
const timeoutMs = 10_000;

/** Commands of agents run in a shell and find this Node. */
export function checkShell(): Finding {
  const windows = process.platform === 'win32';
  const [shell, args] = windows ? ['cmd.exe', ['/d', '/c', 'exit 0']] : ['/bin/sh', ['-c', 'exit 0']];
  const { status, error } = spawnSync(shell as string, args as string[], {
    timeout: timeoutMs,
    windowsHide: true,
  });
  if (status === 0) return { ok: true, found: `${shell}` };
  const found = `${shell} does not run: ${error?.message ?? `exit code ${status}`}`;
  return { ok: false, found, remedy: `Make ${shell} work: agents run their commands in it.` };
}
