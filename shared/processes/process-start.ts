import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { isCorpse, parseStat } from './proc-stat.ts';

const run = promisify(execFile);

/**
 * When a process was started, as text that only equals itself: with it, a process id that the operating system has
 * given away again is told apart. `undefined` when there is no such process, or nothing but its corpse.
 */
export async function processStart(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') return await startOnLinux(pid);
    if (process.platform === 'win32') return await startOnWindows(pid);
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)], { env: { LC_ALL: 'C' } });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Clock ticks since boot are unambiguous only together with the boot. */
async function startOnLinux(pid: number): Promise<string | undefined> {
  const stat = parseStat(await readFile(`/proc/${pid}/stat`, 'latin1'));
  return isCorpse(stat) ? undefined : `${bootId()}/${stat.startTicks}`;
}

let boot: string | undefined;

function bootId(): string {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8);
  return boot;
}

async function startOnWindows(pid: number): Promise<string | undefined> {
  const script = `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`;
  const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script]);
  return stdout.trim() || undefined;
}
