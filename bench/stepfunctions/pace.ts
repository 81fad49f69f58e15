import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StepFunctions } from '../../local/stepfunctions/engine.ts';
import { createMemoryJournal } from '../../local/stepfunctions/journal/memory.ts';
import { openSqliteJournal } from '../../local/stepfunctions/journal/sqlite.ts';
import { SystemClock } from '../../shared/system/system-clock.ts';
import { SystemIds } from '../../shared/system/system-ids.ts';
import { inFlight } from '../bench.ts';
import { median } from '../stats.ts';
import { answers, type Workload } from './machines.ts';

/** Executions at once. */
const width = 50;
const rounds = 5;

/** Medians over the rounds. */
export interface Pace {
  readonly perSecond: number;
  /** Microseconds of processor time each took. */
  readonly cpuMicros: number;
}

const functions = Object.fromEntries(
  Object.entries(answers).map(([name, answer]) => [name, { repeatable: true, invoke: async () => answer }]),
);

/**
 * How fast this process carries executions of a workload, `executions` of them in each round, after one round to warm
 * up. On the disk every commit is synced.
 */
export async function pace(
  { definition, input, counted }: Workload,
  { executions, on }: { readonly executions: number; readonly on: 'disk' | 'memory' },
): Promise<Pace> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  const journal = on === 'disk' ? openSqliteJournal(join(folder, 'journal.db')) : createMemoryJournal();
  const engine = new StepFunctions({ journal, clock: new SystemClock(), ids: new SystemIds() });
  engine.putStateMachine({ name: 'm', definition });
  await engine.open(functions);
  let round = 0;
  const measured: Pace[] = [];
  for (; round <= rounds; round += 1) {
    const began = performance.now();
    const cpu = process.cpuUsage();
    await inFlight(executions, width, async (index) => {
      const name = `r${round}-${String(index).padStart(9, '0')}-1`;
      await engine.start({ machine: 'm', name, input });
      await engine.ended({ machine: 'm', name });
    });
    const { user, system } = process.cpuUsage(cpu);
    const times = executions * counted;
    const perSecond = (times * 1_000) / (performance.now() - began);
    if (round > 0) measured.push({ perSecond, cpuMicros: (user + system) / times });
    if (engine.journal.list({ ...failed, limit: 1 }).length > 0) throw new Error('An execution has failed.');
  }
  await engine.close();
  rmSync(folder, { recursive: true });
  return {
    perSecond: median(measured.map((each) => each.perSecond)),
    cpuMicros: median(measured.map((each) => each.cpuMicros)),
  };
}

const failed = { machine: 'm', status: 'FAILED', before: undefined } as const;
