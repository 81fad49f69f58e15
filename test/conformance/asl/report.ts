import { firstFailure, type Verdict } from './verdict.ts';

export interface Tally {
  readonly total: number;
  readonly result: number;
  readonly full: number;
}

export interface Failure {
  readonly id: string;
  readonly area: string;
  readonly field: string;
  readonly path: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/** What a run of the vectors has come to; percentages count every vector. */
export interface Report {
  readonly all: Tally;
  readonly resultPercent: number;
  readonly fullPercent: number;
  readonly areas: Readonly<Record<string, Tally>>;
  readonly features: Readonly<Record<string, Tally>>;
  readonly failures: readonly Failure[];
  readonly seconds: number;
}

export function reportOf(verdicts: readonly Verdict[], seconds: number): Report {
  const all = tally(verdicts);
  return {
    all,
    resultPercent: percent(all.result, all.total),
    fullPercent: percent(all.full, all.total),
    areas: tallies(verdicts, ({ vector }) => [vector.area]),
    features: tallies(verdicts, ({ vector }) => vector.features),
    failures: verdicts.flatMap((verdict) => failureOf(verdict) ?? []),
    seconds,
  };
}

function tally(verdicts: readonly Verdict[]): Tally {
  return {
    total: verdicts.length,
    result: verdicts.filter(({ result }) => result).length,
    full: verdicts.filter(({ full }) => full).length,
  };
}

function tallies(
  verdicts: readonly Verdict[],
  namesOf: (verdict: Verdict) => readonly string[],
): Record<string, Tally> {
  const named = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    for (const name of new Set(namesOf(verdict))) named.set(name, [...(named.get(name) ?? []), verdict]);
  }
  const sorted = [...named].sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, some]) => [name, tally(some)]));
}

function failureOf(verdict: Verdict): Failure | undefined {
  const check = firstFailure(verdict);
  if (check?.difference === undefined) return undefined;
  const { id, area } = verdict.vector;
  return { id, area, field: check.field, ...check.difference };
}

/** Rounded down: what is not reached is not shown as reached. */
export const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.floor((part / whole) * 10_000) / 100;

/** The longest that a value is shown. */
const shownLength = 300;

export function reportText(report: Report): string {
  return [
    ...report.failures.flatMap(failureLines),
    ...table('area', report.areas),
    '',
    ...table('feature', report.features),
    '',
    ...table('', { all: report.all }),
    '',
    `Took ${report.seconds.toFixed(1)} s.`,
  ].join('\n');
}

function failureLines({ id, area, field, path, expected, actual }: Failure): string[] {
  return [
    `${area}  ${id}`,
    `  ${field} at ${path}`,
    `    expected ${shown(expected)}`,
    `    actual   ${shown(actual)}`,
    '',
  ];
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= shownLength ? text : `${text.slice(0, shownLength)}… (${text.length} characters)`;
}

function table(title: string, tallies: Readonly<Record<string, Tally>>): string[] {
  const names = Object.keys(tallies);
  const width = Math.max(title.length, ...names.map((name) => name.length));
  const head = `${title.padEnd(width)}  ${'total'.padStart(6)}  ${'result'.padStart(15)}  ${'full'.padStart(15)}`;
  const lines = names.map((name) => {
    const { total, result, full } = tallies[name] as Tally;
    const part = (count: number) => `${count} (${percent(count, total).toFixed(2)} %)`.padStart(15);
    return `${name.padEnd(width)}  ${String(total).padStart(6)}  ${part(result)}  ${part(full)}`;
  });
  return [head, ...lines];
}
