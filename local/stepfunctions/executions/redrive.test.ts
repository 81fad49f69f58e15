import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryJournal } from '../journal/memory.ts';
import { CutJournal } from '../testing/cut-journal.ts';
import { Harness, type HarnessOptions } from '../testing/harness.ts';
import { FunctionError, ScriptedFunction } from '../testing/scripted.ts';

const machine = 'machine';
const name = 'execution';

const flow = (states: Record<string, object>, rest: object = {}): object => ({
  StartAt: Object.keys(states)[0],
  States: states,
  ...rest,
});

const task = (rest: object = { End: true }, work = 'work'): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: work, 'Payload.$': '$' },
  OutputPath: '$.Payload',
  ...rest,
});

/** Fails so many times, and gives back its event from then on. */
const failing = (times: number): ScriptedFunction =>
  new ScriptedFunction((event, call) => {
    if (call <= times) throw new FunctionError('Broken');
    return event;
  });

/** An execution that has ended, and is begun again when asked to. */
class Redriven {
  readonly harness: Harness;

  constructor(harness: Harness) {
    this.harness = harness;
  }

  static async run(options: HarnessOptions, input: unknown = {}): Promise<Redriven> {
    const harness = await Harness.open(options);
    await harness.run(input);
    return new Redriven(harness);
  }

  async redrive(): Promise<readonly string[]> {
    const before = this.harness.types().length;
    await this.harness.stepFunctions.redrive({ machine, name });
    await this.harness.end();
    return this.harness.types().slice(before);
  }

  get result() {
    const { status, result } = this.harness.describe();
    return { status, ...result };
  }
}

const scheduledOnce = ['TaskScheduled', 'TaskStarted'];

describe('redrive', () => {
  test('a task is scheduled again with its input; what succeeded before is not run again', async () => {
    const work = failing(1);
    const definition = flow({
      First: { Type: 'Pass', Parameters: { made: 1 }, Next: 'Work' },
      Work: task(),
    });
    const run = await Redriven.run({ definition, functions: { work } });
    assert.equal(run.result.error, 'Broken');
    assert.deepEqual(await run.redrive(), [
      'ExecutionRedriven',
      ...scheduledOnce,
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    assert.equal(run.result.output, '{"made":1}');
    assert.deepEqual(work.events, [{ made: 1 }, { made: 1 }]);
    const history = run.harness.history();
    const redriven = history.find(({ type }) => type === 'ExecutionRedriven');
    assert.deepEqual(redriven?.['executionRedrivenEventDetails'], { redriveCount: 1 });
    assert.equal(redriven?.previousEventId, redriven && redriven.id - 1);
    assert.equal(history.find(({ id }) => id === (redriven?.id ?? 0) + 1)?.previousEventId, redriven?.id);
  });

  test('retries are counted anew, and it may fail and be redriven once more', async () => {
    const work = failing(5);
    const retry = { Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }], End: true };
    const run = await Redriven.run({ definition: flow({ Work: task(retry) }), functions: { work } });
    assert.equal(work.events.length, 2);
    const again = [...scheduledOnce, 'TaskFailed', ...scheduledOnce, 'TaskFailed', 'ExecutionFailed'];
    assert.deepEqual(await run.redrive(), ['ExecutionRedriven', ...again]);
    assert.equal((await run.redrive()).at(-1), 'ExecutionSucceeded');
    assert.equal(work.events.length, 6);
    const counts = run.harness.history().flatMap((event) => event['executionRedrivenEventDetails'] ?? []);
    assert.deepEqual(counts, [{ redriveCount: 1 }, { redriveCount: 2 }]);
  });

  test('the context object tells of it, and variables are kept', async () => {
    const definition = flow({
      Set: { Type: 'Pass', Assign: { kept: 7 }, Next: 'Work' },
      Work: task({ OutputPath: '$', Next: 'Tell' }),
      Tell: {
        Type: 'Pass',
        Parameters: { 'execution.$': '$$.Execution', 'kept.$': '$kept' },
        End: true,
      },
    });
    const run = await Redriven.run({ definition, functions: { work: failing(1) } }, { a: 1 });
    run.harness.clock.advance(5_000);
    const at = new Date(run.harness.clock.now()).toISOString();
    await run.redrive();
    const { execution, kept } = JSON.parse(run.result.output ?? '') as Record<
      string,
      Record<string, unknown>
    >;
    assert.deepEqual([execution?.['RedriveCount'], execution?.['RedriveTime'], kept], [1, at, 7]);
    assert.deepEqual(execution?.['Input'], { a: 1 });
  });

  test('a Fail state is entered and fails again', async () => {
    const run = await Redriven.run({ definition: flow({ F: { Type: 'Fail', Error: 'E' } }) });
    assert.deepEqual(await run.redrive(), ['ExecutionRedriven', 'FailStateEntered', 'ExecutionFailed']);
    assert.deepEqual([run.result.status, run.result.error], ['FAILED', 'E']);
  });

  test('a Choice is decided again, and what failed in evaluation is evaluated again', async () => {
    const choice = { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: 1, Next: 'S' }] };
    const run = await Redriven.run({ definition: flow({ C: choice, S: { Type: 'Succeed' } }) }, { n: 2 });
    assert.equal(run.result.error, 'States.NoChoiceMatched');
    assert.deepEqual(await run.redrive(), ['ExecutionRedriven', 'ExecutionFailed']);
    const pass = { Type: 'Pass', Parameters: { 'a.$': '$.absent' }, End: true };
    const failed = await Redriven.run({ definition: flow({ P: pass }) });
    const [first, last] = [(await failed.redrive())[0], failed.result.error];
    assert.deepEqual([first, last], ['ExecutionRedriven', 'States.Runtime']);
  });

  test('of a Parallel state only the branches that failed or were aborted are run again', async () => {
    const [good, bad] = [new ScriptedFunction(() => 'good'), failing(1)];
    const definition = flow({
      Both: {
        Type: 'Parallel',
        Branches: [
          flow({ A: task({ End: true }, 'good') }),
          flow({ W: { Type: 'Wait', Seconds: 10, Next: 'B' }, B: task({ End: true }, 'bad') }),
          flow({ C: { Type: 'Wait', Seconds: 60, End: true } }),
        ],
        End: true,
      },
    });
    const run = await Redriven.run({ definition, functions: { good, bad } }, { a: 1 });
    assert.equal(run.result.error, 'Broken');
    const began = run.harness.clock.now();
    const types = await run.redrive();
    assert.deepEqual(types, [
      'ExecutionRedriven',
      ...scheduledOnce,
      'TaskSucceeded',
      'TaskStateExited',
      'WaitStateExited',
      'ParallelStateSucceeded',
      'ParallelStateExited',
      'ExecutionSucceeded',
    ]);
    assert.equal(run.result.output, '["good",{"a":1},{"a":1}]');
    assert.deepEqual([good.events.length, bad.events.length], [1, 2]);
    assert.equal(run.harness.clock.now() - began, 60_000);
  });

  test('of a Map only the iterations that did not succeed, and those that had not begun', async () => {
    const work = new ScriptedFunction((event, call) => {
      if (event === 2 && call < 4) throw new FunctionError('Broken');
      return (event as number) * 10;
    });
    const definition = flow({
      Each: {
        Type: 'Map',
        MaxConcurrency: 1,
        ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...flow({ Work: task() }) },
        End: true,
      },
    });
    const run = await Redriven.run({ definition, functions: { work } }, [1, 2, 3]);
    assert.equal(run.result.error, 'Broken');
    assert.equal((await run.redrive()).at(-1), 'ExecutionFailed');
    assert.equal((await run.redrive()).at(-1), 'ExecutionSucceeded');
    assert.equal(run.result.output, '[10,20,30]');
    assert.deepEqual(work.events, [1, 2, 2, 2, 3]);
  });

  test('a Parallel state whose own result failed is run as a whole', async () => {
    const [one, two] = [new ScriptedFunction(() => 1), new ScriptedFunction(() => 2)];
    const definition = flow({
      Both: {
        Type: 'Parallel',
        Branches: [flow({ A: task({ End: true }, 'one') }), flow({ B: task({ End: true }, 'two') })],
        ResultSelector: { 'x.$': '$.absent' },
        End: true,
      },
    });
    const run = await Redriven.run({ definition, functions: { one, two } });
    const types = await run.redrive();
    assert.deepEqual(types.slice(0, 2), ['ExecutionRedriven', 'ParallelStateStarted']);
    assert.deepEqual([types.at(-1), one.events.length, two.events.length], ['ExecutionFailed', 2, 2]);
  });

  test('branches of a state that was caught are not begun again', async () => {
    const [bad, late] = [failing(9), failing(1)];
    const definition = flow({
      Both: {
        Type: 'Parallel',
        Branches: [
          flow({ A: task({ End: true }, 'bad') }),
          flow({ B: { Type: 'Wait', Seconds: 60, End: true } }),
        ],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Then' }],
        End: true,
      },
      Then: {
        Type: 'Parallel',
        Branches: [flow({ C: { Type: 'Fail', Error: 'Own' } }), flow({ D: task({ End: true }, 'late') })],
        End: true,
      },
    });
    const run = await Redriven.run({ definition, functions: { bad, late } });
    assert.equal(run.result.error, 'Own');
    const types = await run.redrive();
    assert.deepEqual(types.slice(0, 2), ['ExecutionRedriven', 'FailStateEntered']);
    assert.equal(bad.events.length, 1);
    assert.equal(run.result.error, 'Own');
  });

  test('what was stopped goes on where it stood, with a time of its own', async () => {
    const definition = flow({ W: { Type: 'Wait', Seconds: 100, End: true } }, { TimeoutSeconds: 150 });
    const harness = await Harness.open({ definition });
    await harness.start({ a: 1 });
    await harness.quiet();
    harness.clock.advance(90_000);
    harness.stepFunctions.stop({ machine, name }, { error: 'Stop' });
    const run = new Redriven(harness);
    await harness.end();
    assert.equal(run.result.status, 'ABORTED');
    const began = harness.clock.now();
    assert.deepEqual(await run.redrive(), ['ExecutionRedriven', 'WaitStateExited', 'ExecutionSucceeded']);
    assert.equal(harness.clock.now() - began, 100_000);
  });

  test('what timed out as a whole may time out again', async () => {
    const definition = flow({ W: { Type: 'Wait', Seconds: 100, End: true } }, { TimeoutSeconds: 50 });
    const run = await Redriven.run({ definition });
    assert.equal(run.result.status, 'TIMED_OUT');
    const began = run.harness.clock.now();
    assert.deepEqual(await run.redrive(), ['ExecutionRedriven', 'ExecutionTimedOut']);
    assert.equal(run.harness.clock.now() - began, 50_000);
  });

  test('a definition that has changed since is not followed', async () => {
    const work = failing(1);
    const run = await Redriven.run({ definition: flow({ Work: task() }), functions: { work } }, { a: 1 });
    const text = JSON.stringify(flow({ Work: { Type: 'Fail' } }));
    run.harness.stepFunctions.putStateMachine({ name: machine, definition: text });
    await run.redrive();
    assert.equal(run.result.output, '{"a":1}');
  });

  test('an expression that is evaluated elsewhere is evaluated again', async () => {
    const output = '{% $error($replace("x", /x/, "y")) %}';
    const definition = flow({ P: { Type: 'Pass', Output: output, End: true } }, { QueryLanguage: 'JSONata' });
    const harness = await Harness.open({ definition });
    const { stepFunctions } = harness;
    await harness.start({});
    await stepFunctions.ended({ machine, name });
    assert.equal(harness.describe().result.error, 'States.QueryEvaluationError');
    await stepFunctions.redrive({ machine, name });
    await stepFunctions.ended({ machine, name });
    const types = harness.types();
    assert.deepEqual(types.slice(types.indexOf('ExecutionRedriven')), [
      'ExecutionRedriven',
      'EvaluationFailed',
      'ExecutionFailed',
    ]);
  });

  test('a redrive that was answered survives a crash, whatever came of it by then', async () => {
    const disk = createMemoryJournal();
    const definition = flow({ First: { Type: 'Pass', Parameters: { made: 1 }, Next: 'Work' }, Work: task() });
    const broken = failing(9);
    const first = await Harness.open({ definition, functions: { work: broken }, journal: disk });
    await first.run({});
    await first.stepFunctions.close();
    // Only the redrive itself reaches the disk.
    const cut = new CutJournal(disk, 1);
    const { clock } = first;
    const second = await Harness.open({ definition, functions: { work: failing(0) }, journal: cut, clock });
    await second.stepFunctions.redrive({ machine, name }, 'token');
    await second.quiet();
    await second.stepFunctions.close();
    const work = failing(0);
    const third = await Harness.open({ definition, functions: { work }, journal: disk, clock });
    const at = await third.stepFunctions.redrive({ machine, name }, 'token');
    assert.equal(at, clock.now());
    assert.equal((await third.end()).status, 'SUCCEEDED');
    assert.deepEqual(work.events, [{ made: 1 }]);
    assert.equal(third.describe().redrive?.count, 1);
    assert.equal(third.types().filter((type) => type === 'ExecutionRedriven').length, 1);
  });

  test('branches are redriven in another process as they stood', async () => {
    const disk = createMemoryJournal();
    const definition = flow({
      Both: {
        Type: 'Parallel',
        Branches: [
          flow({
            A: task({ ResultPath: '$.a', OutputPath: '$', Next: 'A2' }, 'good'),
            A2: task({ End: true }, 'bad'),
          }),
          flow({ B: task({ End: true }, 'good') }),
        ],
        End: true,
      },
    });
    const good = new ScriptedFunction(() => 'good');
    const first = await Harness.open({ definition, functions: { good, bad: failing(1) }, journal: disk });
    assert.equal((await first.run({ in: 1 })).result.error, 'Broken');
    await first.stepFunctions.close();
    const bad = new ScriptedFunction((event) => ({ ...(event as object), bad: true }));
    const { clock } = first;
    const second = await Harness.open({ definition, functions: { good, bad }, journal: disk, clock });
    await second.stepFunctions.redrive({ machine, name });
    const { output = '' } = (await second.end()).result;
    const [a, b] = JSON.parse(output) as [Record<string, unknown>, unknown];
    assert.deepEqual([a['in'], a['bad'], b, good.events.length], [1, true, 'good', 2]);
  });
});
