import { readdirSync, readFileSync } from 'node:fs';

/** What we need of `/proc/<pid>/stat` (proc(5)). */
export interface ProcStat {
  /** One letter; `Z` and `X` are corpses. */
  readonly state: string;
  readonly parent: number;
  /** Process group, by its leader. */
  readonly group: number;
  /** Clock ticks since boot at which the process was started. */
  readonly startTicks: string;
}

/** The second field, a name in parentheses, may itself hold parentheses and spaces. */
export function parseStat(stat: string): ProcStat {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    state: fields[0] ?? '',
    parent: Number(fields[1]),
    group: Number(fields[2]),
    startTicks: fields[19] ?? '',
  };
}

/** Every process of this machine (Linux), without corpses: those may lie in `/proc` for as long as nobody buries them. */
export function livingProcesses(): Map<number, ProcStat> {
  const living = new Map<number, ProcStat>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = parseStat(readFileSync(`/proc/${name}/stat`, 'latin1'));
      if (!isCorpse(stat)) living.set(Number(name), stat);
    } catch {
      // Gone meanwhile.
    }
  }
  return living;
}

export function isCorpse({ state }: ProcStat): boolean {
  return state === 'Z' || state === 'X';
}
