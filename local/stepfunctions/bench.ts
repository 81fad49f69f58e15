import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../../shared/system/system-clock.ts';
import { SystemIds } from '../../shared/system/system-ids.ts';
import { runDefinition } from '../../state-machines/run/definition.ts';
import { StepFunctions } from './engine.ts';
import type { LambdaFunctions } from './functions.ts';
import { openSqliteJournal } from './journal/sqlite.ts';

/** Measures the engine alone on a real disk: `node local/stepfunctions/bench.ts [executions] [in flight]`. */

const executions = Number(process.argv[2] ?? 10_000);
const inFlight = Number(process.argv[3] ?? 50);

const step = (next: string): string =>
  JSON.stringify({
    tenant: 'default',
    run: 'run_01k9x0000000000000000000',
    generation: 1,
    loop: 1,
    next,
    timeoutSeconds: 1,
    did: ['read file /notes.md', 'wrote file /report.md', 'finished'],
    say: 'Ends as succeeded',
  });

const answers: Readonly<Record<string, string>> = {
  prepare: step('advance'),
  advance: step('finish'),
  finish: '{}',
};

const functions: LambdaFunctions = Object.fromEntries(
  Object.entries(answers).map(([name, answer]) => [name, { repeatable: true, invoke: async () => answer }]),
);

const runMachine = runDefinition();

/** Pass states one after the other. */
const passes = 20;
const passMachine = JSON.stringify({
  StartAt: 'P1',
  States: Object.fromEntries(
    Array.from({ length: passes }, (_, index) => [
      `P${index + 1}`,
      { Type: 'Pass', ...(index + 1 === passes ? { End: true } : { Next: `P${index + 2}` }) },
    ]),
  ),
});

interface Measured {
  readonly seconds: number;
  readonly cpuMicros: number;
}

async function measure(machine: string, count: number, prefix: string): Promise<Measured> {
  const input = JSON.stringify({ tenant: 'default', run: 'run_01k9x0000000000000000000', generation: 1 });
  let started = 0;
  const began = performance.now();
  const cpu = process.cpuUsage();
  const worker = async (): Promise<void> => {
    while (started < count) {
      started += 1;
      const name = `${prefix}${String(started).padStart(9, '0')}-1`;
      await stepFunctions.start({ machine, name, input });
      while (stepFunctions.running(machine, name) !== undefined) await new Promise(setImmediate);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const used = process.cpuUsage(cpu);
  return { seconds: (performance.now() - began) / 1_000, cpuMicros: used.user + used.system };
}

const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
const journal = openSqliteJournal(join(folder, 'journal.db'));
const stepFunctions = new StepFunctions({ journal, clock: new SystemClock(), ids: new SystemIds() });
stepFunctions.putStateMachine({ name: 'run', definition: runMachine });
stepFunctions.putStateMachine({ name: 'passes', definition: passMachine });
await stepFunctions.open(functions);

await measure('run', 1_000, 'w');
const run = await measure('run', executions, 'r');
const pass = await measure('passes', executions, 'p');
const shown = {
  executionsPerSecond: Math.round(executions / run.seconds),
  cpuMicrosPerExecution: Math.round(run.cpuMicros / executions),
  passTransitionsPerSecond: Math.round((executions * passes) / pass.seconds),
};
process.stdout.write(`${JSON.stringify(shown)}\n`);
await stepFunctions.close();
rmSync(folder, { recursive: true });
