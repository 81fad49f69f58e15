import type { Chaos } from './chaos.ts';
import { commandsOf } from './checks/commands.ts';
import { endOf } from './checks/runs.ts';
import type { Finding } from './evidence.ts';
import { recoveries } from './recovery.ts';

interface Spread {
  readonly p50: number;
  readonly p95: number;
}

/** What a chaos run comes to. Times in milliseconds. */
export interface Report {
  readonly seed: number;
  readonly seconds: number;
  /** How many runs of each shape ended how. */
  readonly runs: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly children: number;
  readonly events: number;
  readonly acts: number;
  readonly kills: Readonly<Record<string, number>>;
  /** From exec of a server after a kill: until it listened, and until all runs in flight were moving. */
  readonly recovery: { readonly n: number; readonly up: Spread; readonly moving: Spread };
  readonly lostAnswers: number;
  readonly commands: { readonly begun: number; readonly ended: number; readonly interrupted: number };
  readonly warnings: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

export function reportOf(
  { evidence, lost, warnings }: Chaos,
  more: Pick<Report, 'seed' | 'seconds' | 'findings'>,
): Report {
  const { lives, found, started, acts, witness } = evidence;
  const logs = [...found.values()].map(({ events }) => events);
  const ends = started.map(({ run, shape }) => {
    const end = endOf(found.get(run)?.events ?? [])?.type.replace('run.', '') ?? 'none';
    return { shape, end };
  });
  const shapes = Object.entries(Object.groupBy(ends, ({ shape }) => shape));
  const recovered = recoveries(evidence);
  const commands = logs.flatMap((events) => commandsOf(events));
  return {
    ...more,
    runs: Object.fromEntries(shapes.map(([shape, its = []]) => [shape, count(its.map(({ end }) => end))])),
    children: found.size - started.length,
    events: logs.reduce((sum, events) => sum + events.length, 0),
    acts: acts.length,
    kills: count(lives.flatMap(({ phase }) => phase ?? [])),
    recovery: {
      n: recovered.length,
      up: spread(recovered.map(({ upMs }) => upMs)),
      moving: spread(recovered.map(({ movingMs }) => movingMs)),
    },
    lostAnswers: lost,
    commands: {
      begun: witness.filter(({ what }) => what === 'start').length,
      ended: witness.filter(({ what }) => what === 'end').length,
      interrupted: commands.filter(({ interruptedAt }) => interruptedAt !== undefined).length,
    },
    warnings,
  };
}

/** For people. */
export function reportText(report: Report): string {
  const { commands, recovery, findings } = report;
  const runs = Object.entries(report.runs).map(([shape, ends]) => `  ${shape.padEnd(18)} ${words(ends)}`);
  const kills = Object.values(report.kills).reduce((sum, times) => sum + times, 0);
  return [
    `Runs by shape and end, and ${report.children} children, with ${report.events} events:`,
    ...runs.sort(),
    `Kills: ${kills} (${words(report.kills)}); ${report.lostAnswers} answers lost`,
    `Recovery from exec, n = ${recovery.n}: up ${spreadText(recovery.up)}; all runs in flight moving ${spreadText(recovery.moving)}`,
    `Commands by the witness: ${commands.begun} begun, ${commands.ended} ended; ${commands.interrupted} interrupted by the log`,
    `Decisions, signals and controls: ${report.acts}`,
    ...Object.entries(report.warnings).map(([warning, times]) => `Warned ${times} times: ${warning}`),
    ...findings.map(({ check, run, message }) => `FINDING ${check}${run ? ` ${run}` : ''}: ${message}`),
    `Seed ${report.seed}, ${report.seconds} s: ${findings.length} findings`,
  ].join('\n');
}

function words(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([what, times]) => `${what} ${times}`)
    .join(', ');
}

function count(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

function spreadText({ p50, p95 }: Spread): string {
  return `p50 ${p50} ms, p95 ${p95} ms`;
}
