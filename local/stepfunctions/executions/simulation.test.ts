import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { VirtualClock } from '../../../shared/memory/virtual-clock.ts';
import type { WireEvent } from '../history/wire.ts';
import { createMemoryJournal } from '../journal/memory.ts';
import { type Asked, type Blueprint, blueprint, type Line, type Step } from '../testing/blueprint.ts';
import { CutJournal } from '../testing/cut-journal.ts';
import { Harness } from '../testing/harness.ts';
import { FunctionError, ScriptedFunction } from '../testing/scripted.ts';

const machines = 150;
const fewMachines = 20;
const input = 4;

const simple: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('add' as const), by: fc.integer({ min: 0, max: 9 }) }),
  fc.constantFrom<Step>({ do: 'remember' }, { do: 'recall' }, { do: 'catch' }),
  fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ do: fc.constant('call' as const), failures: fc.integer({ min: 0, max: 2 }) }),
);

/** Lines of steps, with lines inside them down to a depth. */
function lines(depth: number): fc.Arbitrary<Line> {
  if (depth === 0) return fc.array(simple, { maxLength: 3 });
  const inner = lines(depth - 1);
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 3, arbitrary: simple },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('choose' as const), even: inner, odd: inner }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('both' as const),
        branches: fc.array(inner, { minLength: 1, maxLength: 3 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('each' as const),
        times: fc.integer({ min: 1, max: 3 }),
        steps: inner,
      }),
    },
  );
  return fc.array(step, { minLength: 1, maxLength: 3 });
}

/** Without a stack, which would tell who has made the call. */
const again = Object.assign(new FunctionError('Again'), { stack: '' });

/** Adds one, after as many failures as it is told; the same call comes to the same however often it is made. */
const work = (): ScriptedFunction =>
  new ScriptedFunction((event) => {
    const { n, attempt, failures } = event as Asked;
    if (attempt < failures) throw again;
    return { n: n + 1 };
  });

interface Ended {
  readonly status: string;
  readonly output: string | undefined;
  /** What happened, without its order: branches may overtake one another. */
  readonly events: readonly string[];
  /** Transitions in the journal. */
  readonly writes: number;
}

/** Follows the execution to its end, in a process that dies after so many writes, and in one that takes over. */
async function simulate(plan: Blueprint, writes: number): Promise<Ended & { readonly crashed: boolean }> {
  const disk = createMemoryJournal();
  const journal = new CutJournal(disk, writes);
  const first = await Harness.open({ definition: plan.definition, functions: { work: work() }, journal });
  void first.start(input);
  await untilCutOrEnded(first, journal);
  const crashed = journal.isCut;
  if (!crashed) return { ...endOf(first), crashed };
  await first.stepFunctions.close();
  return { ...(await takeOver(plan, disk, first.clock)), crashed };
}

async function takeOver(
  plan: Blueprint,
  journal: ReturnType<typeof createMemoryJournal>,
  clock: VirtualClock,
) {
  const { definition } = plan;
  const second = await Harness.open({ definition, functions: { work: work() }, journal, clock });
  if (journal.find(second.machine, 'execution') === undefined) await second.start(input);
  await second.end();
  return endOf(second);
}

async function untilCutOrEnded(harness: Harness, journal: CutJournal): Promise<void> {
  for (;;) {
    await harness.quiet();
    if (journal.isCut || harness.stepFunctions.running(harness.machine, 'execution') === undefined) return;
    assert.ok(harness.clock.advanceToNext(), 'It waits for something that never happens.');
  }
}

function endOf(harness: Harness): Ended {
  const { status, result } = harness.describe();
  const history = harness.history();
  checkLine(history);
  const writes = 1 + (harness.stepFunctions.journal.last(1)?.number ?? -1);
  return { status, output: result.output, events: history.map(told).sort(), writes };
}

function checkLine(history: readonly WireEvent[]): void {
  for (const [index, { id, previousEventId }] of history.entries()) {
    assert.equal(id, index + 1);
    assert.ok(previousEventId < id, `event ${id} follows ${previousEventId}`);
    assert.ok(previousEventId > 0 || id <= 2, `event ${id} follows nothing`);
  }
}

/** An event without its place; the ids of requests are made of that, too. */
function told({ timestamp: _, id: __, previousEventId: ___, ...event }: WireEvent): string {
  return JSON.stringify(event).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uuid');
}

async function uncut(plan: Blueprint): Promise<Ended & { readonly writes: number }> {
  const { crashed, ...ended } = await simulate(plan, Number.POSITIVE_INFINITY);
  assert.equal(crashed, false);
  assert.equal(ended.status, 'SUCCEEDED');
  assert.equal(ended.output, String(plan.outcome(input)));
  return ended;
}

/** It ends as if it had not been cut, and nothing has happened twice. */
async function checkCut(plan: Blueprint, writes: number, { writes: _, ...expected }: Uncut): Promise<void> {
  const { crashed, writes: __, ...ended } = await simulate(plan, writes);
  assert.ok(crashed, `nothing was lost after ${writes} writes`);
  assert.deepEqual(ended, expected, `after ${writes} writes`);
}

type Uncut = Awaited<ReturnType<typeof uncut>>;

test('executions cut after each of their writes end as if they had not been', async () => {
  const property = fc.asyncProperty(lines(1), async (steps) => {
    const plan = blueprint(steps);
    const ended = await uncut(plan);
    for (let writes = 0; writes < ended.writes; writes += 1) await checkCut(plan, writes, ended);
  });
  await fc.assert(property, { numRuns: fewMachines, verbose: true });
});

test('so do many executions, deep ones among them, each cut somewhere', async () => {
  const property = fc.asyncProperty(lines(2), fc.nat(), async (steps, at) => {
    const plan = blueprint(steps);
    const ended = await uncut(plan);
    await checkCut(plan, at % ended.writes, ended);
  });
  await fc.assert(property, { numRuns: machines, verbose: true });
});
