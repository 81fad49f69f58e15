import { fileURLToPath } from 'node:url';
import { bundleProgram } from '../../clients/bundler/bundle.ts';
import { describeExecution } from '../../local/stepfunctions/describe.ts';
import type { StepFunctions } from '../../local/stepfunctions/engine.ts';
import { readEvents } from '../../local/stepfunctions/history/read.ts';
import { scripted } from '../../local/testing/scripts.ts';
import { author, TestTwin } from '../../local/testing/test-twin.ts';
import { reconcile } from '../../shared/application/upkeep/reconcile.ts';
import { executionName } from '../../shared/domain/derived-ids.ts';
import type { Counts } from './counts.ts';
import { CountingMeter } from './meter.ts';
import type { Workload } from './workloads.ts';

/** Runs before the one that is counted: the first invocations of a warm function compute longer. */
const rehearsals = 20;

/** What one run of a workload does on AWS, counted on the same use cases, run machine and engine in this process. */
export async function countWorkload(workload: Workload): Promise<Counts> {
  const meter = new CountingMeter();
  const command = scripted({ stdout: 'done\n', files: { 'part.txt': 'A part\n' } }, 'make part');
  const twin = new TestTwin({ now: Date.parse('2026-01-01T00:00:00.000Z'), command: () => command, meter });
  try {
    await twin.open();
    await publish(twin, workload);
    for (let index = 0; index < rehearsals; index += 1) await play(twin, workload, meter);
    await meter.take();
    const run = await play(twin, workload, meter);
    const counts = await meter.take();
    const { generation } = await twin.app.runs.load(author.tenant, run);
    for (let of = 1; of <= generation; of += 1) {
      counts.transitions += transitionsOf(twin.engine, executionName(run, of));
    }
    return counts;
  } finally {
    twin.close();
  }
}

async function publish(twin: TestTwin, { program, operationsPerStep }: Workload): Promise<void> {
  const file = new URL(`workloads/${program}.ts`, import.meta.url);
  const { code } = await bundleProgram(fileURLToPath(file));
  await twin.publish(program, code, operationsPerStep === undefined ? {} : { operationsPerStep });
}

/** One run to its end: started, decided and read by requests as a client makes them. */
async function play(twin: TestTwin, { name, program, operations }: Workload, meter: CountingMeter) {
  const { api, clock } = twin;
  const start = { agent: program, input: { operations } };
  const { run } = (await meter.request('start-run', () => api.startRun(author, start))).run;
  for (;;) {
    await twin.stillness();
    const { items } = await api.listApprovals(author, { run, status: 'pending' });
    for (const { approval } of items) {
      await meter.request('approve', () => api.decideApproval(author, approval, { decision: 'approved' }));
    }
    if (items.length > 0) continue;
    const { status } = await api.getRun(author, run);
    if (status === 'succeeded') break;
    if (status === 'failed' || !clock.advanceToNext()) throw new Error(`${name} came to no good end`);
  }
  await meter.request('get-run', () => api.getRun(author, run));
  // Step Functions tells of every execution that has closed.
  await meter.invoke('reconcile', () => reconcile(twin.app, author.tenant, run));
  return run;
}

/** Entering a state is what Step Functions charges for. */
function transitionsOf(engine: StepFunctions, name: string): number {
  const execution = describeExecution(engine, { machine: 'run', name });
  if (!execution) throw new Error(`There is no execution ${name}`);
  const { id, input } = execution;
  const events = readEvents(engine.journal, { id, input: JSON.parse(input) }, { from: 1, to: Infinity });
  return events.filter(({ event: [type] }) => type === 'StateEntered').length;
}
