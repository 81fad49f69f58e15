import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { livingProcesses } from './proc-stat.ts';

const run = promisify(execFile);

/** Every process that a living process has started and that has not been left to somebody else since. */
export async function descendants(pid: number): Promise<number[]> {
  const parents = process.platform === 'linux' ? parentsOnLinux() : await parentsByPs();
  const found = [pid];
  // Grows while it is walked: children of children follow.
  for (const parent of found) {
    for (const [child, of] of parents) if (of === parent) found.push(child);
  }
  return found.slice(1);
}

type Parents = ReadonlyMap<number, number>;

function parentsOnLinux(): Parents {
  return new Map([...livingProcesses()].map(([pid, { parent }]) => [pid, parent]));
}

async function parentsByPs(): Promise<Parents> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=']);
  const lines = stdout.trim().split('\n');
  return new Map(lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]));
}
