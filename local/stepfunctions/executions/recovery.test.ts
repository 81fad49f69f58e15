import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LambdaFunctions } from '../functions.ts';
import { createMemoryJournal } from '../journal/memory.ts';
import { CutJournal } from '../testing/cut-journal.ts';
import { Harness } from '../testing/harness.ts';
import { hang, ScriptedFunction } from '../testing/scripted.ts';

const task = (rest: object = {}): object => ({
  StartAt: 'Work',
  States: {
    Work: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'work', 'Payload.$': '$' },
      OutputPath: '$.Payload',
      End: true,
      ...rest,
    },
  },
});

/** Runs until nothing moves, drops what is in memory, and opens another engine on the same journal. */
class Crash {
  readonly #disk = createMemoryJournal();
  readonly #definition: object;

  constructor(definition: object) {
    this.#definition = definition;
  }

  async before(functions: LambdaFunctions, input: unknown = {}): Promise<Harness> {
    const journal = new CutJournal(this.#disk);
    const harness = await Harness.open({ definition: this.#definition, functions, journal });
    await harness.start(input);
    await harness.quiet();
    journal.cut();
    await harness.stepFunctions.close();
    return harness;
  }

  after(functions: LambdaFunctions, { clock }: Harness): Promise<Harness> {
    return Harness.open({ definition: this.#definition, functions, journal: this.#disk, clock });
  }
}

describe('recovery', () => {
  test('a repeatable call in flight is made again with the same event', async () => {
    const crash = new Crash(task());
    const cut = new ScriptedFunction(hang);
    const harness = await crash.before({ work: cut }, { a: 1 });
    const work = new ScriptedFunction((event) => ({ ...(event as object), done: true }));
    const again = await crash.after({ work }, harness);
    assert.equal((await again.end()).result.output, '{"a":1,"done":true}');
    assert.deepEqual(work.events, cut.events);
    assert.equal(again.types().filter((type) => type === 'TaskScheduled').length, 1);
  });

  test('a call is made again with what it was scheduled with, whatever its expressions would say now', async () => {
    const drawn = {
      QueryLanguage: 'JSONata',
      StartAt: 'Work',
      States: {
        Work: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Arguments: {
            FunctionName: 'work',
            Payload: { id: '{% $uuid() %}', text: '{% $replace("fooo", /o+/, "0") %}' },
          },
          End: true,
        },
      },
    };
    const disk = createMemoryJournal();
    const journal = new CutJournal(disk);
    let called = (): void => {};
    const calling = new Promise<void>((resolve) => {
      called = resolve;
    });
    const cut = new ScriptedFunction(() => {
      called();
      return hang();
    });
    const first = await Harness.open({ definition: drawn, functions: { work: cut }, journal });
    await first.start({});
    await calling;
    journal.cut();
    await first.stepFunctions.close();

    const work = new ScriptedFunction(() => 'done');
    const again = await Harness.open({
      definition: drawn,
      functions: { work },
      journal: disk,
      clock: first.clock,
    });
    assert.equal((await again.end()).status, 'SUCCEEDED');
    assert.deepEqual(work.events, cut.events);
    assert.equal((cut.events[0] as { readonly text: string }).text, 'f0');
  });

  test('another call in flight ends as unknown, and Retry decides', async () => {
    const retried = new Crash(task({ Retry: [{ ErrorEquals: ['Lambda.Unknown'] }] }));
    const first = new ScriptedFunction(hang, { repeatable: false });
    const second = new ScriptedFunction(() => 'second', { repeatable: false });
    const again = await retried.after({ work: second }, await retried.before({ work: first }));
    assert.equal((await again.end()).result.output, '"second"');
    const given = new Crash(task());
    const failed = await given.after({ work: second }, await given.before({ work: first }));
    assert.equal((await failed.end()).result.error, 'Lambda.Unknown');
    assert.equal(second.events.length, 1);
  });

  test('a call whose time ran out meanwhile is not made again', async () => {
    const crash = new Crash(task({ TimeoutSeconds: 60 }));
    const harness = await crash.before({ work: new ScriptedFunction(hang) });
    harness.clock.advance(60_000);
    const work = new ScriptedFunction(() => 1);
    const again = await crash.after({ work }, harness);
    assert.equal((await again.end()).result.error, 'States.Timeout');
    assert.equal(work.events.length, 0);
  });

  test('a wait goes on to its time, and a retry keeps its count', async () => {
    const wait = new Crash({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 3_600, End: true } } });
    const waiting = await wait.before({});
    waiting.clock.advance(1_800_000);
    const ended = await (await wait.after({}, waiting)).end();
    assert.equal((ended.endedAt ?? 0) - ended.startedAt, 3_600_000);

    const fail = new ScriptedFunction(() => {
      throw new Error('No.');
    });
    const retry = new Crash(
      task({ Retry: [{ ErrorEquals: ['Error'], IntervalSeconds: 100, MaxAttempts: 2 }] }),
    );
    const harness = await retry.before({ work: fail });
    const again = await retry.after({ work: fail }, harness);
    assert.equal((await again.end()).status, 'FAILED');
    assert.equal(fail.events.length, 3);
  });

  test('a call that follows a wait which was over meanwhile is made once', async () => {
    const { States: states } = task() as { readonly States: object };
    const wait = { Type: 'Wait', Seconds: 60, Next: 'Work' };
    for (const repeatable of [true, false]) {
      const crash = new Crash({ StartAt: 'Pause', States: { Pause: wait, ...states } });
      const harness = await crash.before({});
      harness.clock.advance(3_600_000);
      const work = new ScriptedFunction(() => 'done', { repeatable });
      const again = await crash.after({ work }, harness);
      assert.equal((await again.end()).result.output, '"done"');
      assert.equal(work.events.length, 1);
    }
  });

  test('heartbeats are waited for anew, as long as they were to be', async () => {
    const crash = new Crash(
      task({
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        HeartbeatSeconds: 60,
        OutputPath: '$',
      }),
    );
    const work = new ScriptedFunction(() => null);
    const harness = await crash.before({ work });
    harness.clock.advance(3_600_000);
    const again = await crash.after({ work }, harness);
    const began = again.clock.now();
    assert.equal((await again.end()).result.error, 'States.Timeout');
    assert.equal(again.clock.now() - began, 60_000);
    assert.equal(work.events.length, 1);
  });

  test('running executions keep their definition when it changes', async () => {
    const wait = (result: string): object => ({
      StartAt: 'W',
      States: { W: { Type: 'Wait', Seconds: 60, Next: 'P' }, P: { Type: 'Pass', Result: result, End: true } },
    });
    const disk = createMemoryJournal();
    const first = await Harness.open({ definition: wait('old'), journal: disk });
    await first.start({}, 'a');
    await first.stepFunctions.close();
    const second = await Harness.open({ definition: wait('new'), journal: disk, clock: first.clock });
    await second.start({}, 'b');
    assert.equal((await second.end('a')).result.output, '"old"');
    assert.equal((await second.end('b')).result.output, '"new"');
  });
});
