import { execFileSync } from 'node:child_process';

/** Resident memory of one process, in MB (10^6 bytes). */
export function processMegabytes(pid: number): number {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return (Number(kilobytes) * 1024) / 1e6;
}

/** Resident memory of a process and all its descendants, in MB (10^6 bytes). Shared pages count once for each. */
export function processTreeMegabytes(root: number): number {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const tree = new Set([root]);
  for (let size = 0; size !== tree.size; ) {
    size = tree.size;
    for (const [pid = 0, parent = 0] of rows) if (tree.has(parent)) tree.add(pid);
  }
  const kilobytes = rows.reduce((sum, [pid = 0, , rss = 0]) => (tree.has(pid) ? sum + rss : sum), 0);
  return (kilobytes * 1024) / 1e6;
}
