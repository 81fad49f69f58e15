import { execFile } from 'node:child_process';
import { livingProcesses } from './proc-stat.ts';

/** Signals a process group by its leader's id; on Windows, which has no groups, ends the leader and its children. */
export function killGroup(leader: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') {
    execFile('taskkill', ['/PID', String(leader), '/T', '/F'], () => {});
    return;
  }
  kill(-leader, signal);
}

/** Signals one process; one that is gone is as good as killed. */
export function killProcess(pid: number): void {
  kill(pid, 'SIGKILL');
}

/** Whether a process group still has a living member. */
export function groupExists(leader: number): boolean {
  if (process.platform === 'linux')
    return [...livingProcesses().values()].some(({ group }) => group === leader);
  try {
    process.kill(-leader, 0);
    return true;
  } catch {
    return false;
  }
}

function kill(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // EPERM: macOS says so of a group that consists of corpses.
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
