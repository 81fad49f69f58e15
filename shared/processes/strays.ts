import { readFileSync, readlinkSync } from 'node:fs';
import { killProcess } from './kill.ts';
import { livingProcesses } from './proc-stat.ts';

/**
 * Names the folder of the worker that started a process; set for every command, whatever environment it asks for. Not
 * the operation: another worker that is refused the same one must not take its processes for its own.
 */
export const markVariable = 'TANDEM_SPACE';

/**
 * Kills processes of a worker that have left their process group (`setsid`, daemons): those that carry its mark, and
 * those that work in its folder. `folder`: absolute, of this worker alone. Only Linux tells environments and working
 * folders; elsewhere this finds none. Returns how many there were.
 */
export function killStrays(folder: string): number {
  let killed = 0;
  for (const pid of processIds()) {
    if (!isMarked(pid, folder)) continue;
    killProcess(pid);
    killed += 1;
  }
  return killed;
}

function processIds(): readonly number[] {
  if (process.platform !== 'linux') return [];
  return [...livingProcesses().keys()].filter((pid) => pid > 1 && pid !== process.pid);
}

function isMarked(pid: number, folder: string): boolean {
  try {
    const workingFolder = readlinkSync(`/proc/${pid}/cwd`);
    if (workingFolder === folder || workingFolder.startsWith(`${folder}/`)) return true;
    const environment = `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}`;
    return environment.includes(`\0${markVariable}=${folder}\0`);
  } catch {
    // Gone meanwhile, or another user's.
    return false;
  }
}
