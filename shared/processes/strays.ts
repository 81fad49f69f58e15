import { readFileSync, readlinkSync } from 'node:fs';
import { killProcess } from './kill.ts';
import { livingProcesses } from './proc-stat.ts';

/** How processes of one operation are known: by a variable that all of them inherit, and by where they work. */
export interface Mark {
  /** Value of {@link markVariable}: `<run>-<operation>`. */
  readonly operation: string;
  /** The folder that only this operation's processes work in; an absolute path. */
  readonly folder: string;
}

/** Set for every command, whatever environment it asks for. */
export const markVariable = 'TANDEM_OPERATION';

/**
 * Kills processes of an operation that have left their process group (`setsid`, daemons). Only Linux tells environments
 * and working folders; elsewhere this finds none. Returns how many there were.
 */
export function killStrays(mark: Mark): number {
  let killed = 0;
  for (const pid of processIds()) {
    if (!isMarked(pid, mark)) continue;
    killProcess(pid);
    killed += 1;
  }
  return killed;
}

function processIds(): readonly number[] {
  if (process.platform !== 'linux') return [];
  return [...livingProcesses().keys()].filter((pid) => pid > 1 && pid !== process.pid);
}

function isMarked(pid: number, { operation, folder }: Mark): boolean {
  try {
    const workingFolder = readlinkSync(`/proc/${pid}/cwd`);
    if (workingFolder === folder || workingFolder.startsWith(`${folder}/`)) return true;
    const environment = `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}`;
    return environment.includes(`\0${markVariable}=${operation}\0`);
  } catch {
    // Gone meanwhile, or another user's.
    return false;
  }
}
