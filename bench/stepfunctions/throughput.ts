import { above, type Figure } from '../figure.ts';
import { expressions, map, mapOfTasks, parallel, passes, run, type Workload } from './machines.ts';
import { pace } from './pace.ts';

interface Measured {
  readonly name: string;
  readonly workload: Workload;
  readonly executions: number;
  readonly on?: 'disk' | 'memory';
  readonly target?: number;
}

const measured: readonly Measured[] = [
  { name: 'Pass transitions/s, on disk', workload: passes, executions: 1_000, target: 20_000 },
  { name: 'Pass with JSONata/s, on disk', workload: expressions, executions: 500, target: 8_000 },
  {
    name: 'Pass transitions/s, in memory',
    workload: passes,
    executions: 1_000,
    on: 'memory',
    target: 60_000,
  },
  { name: 'Map iterations/s, 100 each', workload: map, executions: 100 },
  { name: 'Map of 1,000 tasks at once, tasks/s', workload: mapOfTasks(1_000), executions: 2 },
  { name: 'Parallel branches/s, 10 each', workload: parallel, executions: 500 },
  { name: 'executions/s of the run machine', workload: run, executions: 1_000 },
];

/** Transitions of the engine alone, in this process: journaled in batches, each batch synced. */
export async function throughput(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { name, workload, executions, on = 'disk', target } of measured) {
    const { perSecond, cpuMicros } = await pace(workload, { executions, on });
    const targets = target === undefined ? [] : [above('value', target)];
    const note = `${cpuMicros.toFixed(cpuMicros < 10 ? 1 : 0)} µs of CPU each`;
    figures.push({ name, unit: '/s', value: perSecond, targets, note });
  }
  return figures;
}
