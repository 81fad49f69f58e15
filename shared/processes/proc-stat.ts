/** What we need of `/proc/<pid>/stat` (proc(5)). */
export interface ProcStat {
  /** One letter; `Z` and `X` are corpses. */
  readonly state: string;
  readonly parent: number;
  /** Clock ticks since boot at which the process was started. */
  readonly startTicks: string;
}

/** The second field, a name in parentheses, may itself hold parentheses and spaces. */
export function parseStat(stat: string): ProcStat {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', parent: Number(fields[1]), startTicks: fields[19] ?? '' };
}
