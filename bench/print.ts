import { type Figure, inCommits, meets, type Target } from './figure.ts';
import type { Machine } from './machine.ts';
import type { Distribution } from './stats.ts';

/** Writes the figures as a table that fits a terminal. */
export function print(machine: Machine, figures: readonly Figure[]): void {
  console.log(`\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`);
  console.log(`append + fdatasync ${spread(machine.sync)}, full SQLite commit ${spread(machine.commit)}`);
  console.log(`loopback POST ${spread(machine.loopback)}\n`);
  const width = Math.max(...figures.map(({ name }) => name.length));
  for (const figure of figures) {
    const { name, value, unit, targets, note } = figure;
    const measured =
      typeof value === 'number' ? `${round(value)} ${unit}` : `${spread(value)} (n = ${value.n})`;
    const commits = inCommits(figure, machine.commit.p50);
    const cost = commits === undefined ? '' : `  = ${round(commits)} commits`;
    const verdicts = targets.map((target) => `${meets(figure, target) ? 'ok  ' : 'MISS'} ${wish(target)}`);
    console.log(
      `${name.padEnd(width)}  ${measured}${cost}  ${verdicts.join(', ')}${note ? `  [${note}]` : ''}`,
    );
  }
}

function spread({ p50, p95, p99 }: Distribution): string {
  return `p50 ${round(p50)} p95 ${round(p95)} p99 ${round(p99)} ms`;
}

function wish({ of, is, limit }: Target): string {
  return `${of === 'value' ? '' : `${of} `}${is === 'below' ? '<' : '>'} ${limit}`;
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 3);
}
