import { setTimeout as pause } from 'node:timers/promises';
import { descendants } from './descendants.ts';
import { killGroup, killProcess } from './kill.ts';
import { processStart } from './process-start.ts';
import { killStrays } from './strays.ts';

/** A process as it can be told from any other. */
export interface ProcessIdentity {
  readonly pid: number;
  /** As {@link processStart} gives it. */
  readonly started: string;
}

/** Whether exactly this process runs. */
export async function isAlive({ pid, started }: ProcessIdentity): Promise<boolean> {
  return (await processStart(pid)) === started;
}

/**
 * Kills a worker and all that it started; resolves when none of it is left. Never touches a process id given anew.
 * Without its folder, processes that have left the worker's family are not found.
 */
export async function endWorker(worker: ProcessIdentity, folder?: string): Promise<void> {
  if (await isAlive(worker)) {
    const family = process.platform === 'win32' ? [] : await descendants(worker.pid);
    killGroup(worker.pid, 'SIGKILL');
    for (const pid of family) killProcess(pid);
  }
  while (await isAlive(worker)) await pause(5);
  // One that is being killed may have started another just before.
  while (folder && killStrays(folder) > 0) await pause(5);
}
