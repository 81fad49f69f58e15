import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VirtualClock } from '../../../shared/memory/virtual-clock.ts';
import { createMemoryJournal } from '../journal/memory.ts';
import { CutJournal } from '../testing/cut-journal.ts';
import { Harness } from '../testing/harness.ts';
import { hang, ScriptedFunction } from '../testing/scripted.ts';

/** An expression with a regular expression is evaluated on another thread. */
const matching = '{% $replace($states.input.text, /o+/, "0") %}';

const machine = (states: object): object => ({ QueryLanguage: 'JSONata', StartAt: 'First', States: states });

const output = (text: string | undefined): unknown => JSON.parse(text ?? 'null');

/** Waits for the other thread as well, which virtual time takes no notice of. */
async function ended(harness: Harness) {
  await harness.stepFunctions.ended({ machine: harness.machine, name: 'execution' });
  return harness.describe();
}

describe('what is evaluated on another thread', () => {
  test('as the first thing of an execution, and several times in one go', async () => {
    const definition = machine({
      First: { Type: 'Pass', Output: { text: matching }, Next: 'Second' },
      Second: {
        Type: 'Pass',
        Output: { a: matching, b: '{% $match($states.input.text, /f/).match %}' },
        End: true,
      },
    });
    const harness = await Harness.open({ definition });
    await harness.start({ text: 'fooo' });
    assert.deepEqual(output((await ended(harness)).result.output), { a: 'f0', b: 'f' });
    assert.deepEqual(harness.types(), [
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('a start is durable before anything is evaluated', async () => {
    const disk = createMemoryJournal();
    const journal = new CutJournal(disk);
    const definition = machine({ First: { Type: 'Pass', Output: matching, End: true } });
    const harness = await Harness.open({ definition, journal });
    await harness.start({ text: 'foo' });
    journal.cut();
    await harness.stepFunctions.close();
    const again = await Harness.open({ definition, journal: disk, clock: harness.clock });
    assert.deepEqual(output((await ended(again)).result.output), 'f0');
  });

  test('what happens meanwhile happens afterwards: a stop ends the execution once', async () => {
    const definition = machine({
      First: { Type: 'Pass', Output: { text: matching }, Next: 'Second' },
      Second: { Type: 'Wait', Seconds: 100, End: true },
    });
    const harness = await Harness.open({ definition });
    await harness.start({ text: 'foo' });
    harness.stepFunctions.stop({ machine: harness.machine, name: 'execution' }, { error: 'Enough' });
    assert.equal((await ended(harness)).status, 'ABORTED');
    assert.equal(harness.types().filter((type) => type === 'ExecutionAborted').length, 1);
  });

  test('an answer given meanwhile counts as durable only once it has been taken', async () => {
    const work = new ScriptedFunction(hang);
    const definition = machine({
      First: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Ask',
            States: {
              Ask: {
                Type: 'Task',
                Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
                Arguments: { FunctionName: 'work', Payload: { token: '{% $states.context.Task.Token %}' } },
                End: true,
              },
            },
          },
          {
            StartAt: 'Pause',
            States: {
              Pause: { Type: 'Wait', Seconds: 1, Next: 'Match' },
              Match: { Type: 'Pass', Output: matching, End: true },
            },
          },
        ],
        End: true,
      },
    });
    const harness = await Harness.open({ definition, functions: { work } });
    const started = await harness.start({ text: 'foo' });
    assert.ok(started.outcome === 'started');
    await harness.quiet();
    const { token } = work.events[0] as { readonly token: string };
    harness.clock.advanceToNext();
    assert.equal(harness.stepFunctions.answer(token, { kind: 'token-succeeded', output: '"yes"' }), true);
    const again = harness.stepFunctions.answer(token, { kind: 'token-succeeded', output: '"no"' });
    assert.equal(again, false, 'a token is answered once, also while nothing moves');
    await harness.stepFunctions.durable(started.facts.id);
    assert.ok(harness.types().includes('TaskSucceeded'));
    assert.deepEqual(output((await ended(harness)).result.output), ['yes', 'f0']);
  });

  test('a time that runs out meanwhile, after the answer that it was for, ends nothing else', async () => {
    const ask = (name: string, rest: object): object => ({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'work', Payload: { name, token: '{% $states.context.Task.Token %}' } },
      ...rest,
    });
    const match = { Type: 'Pass', Output: '{% $replace("foo", /o+/, "0") %}', End: true };
    const pause = { Type: 'Wait', Seconds: 3_600, End: true };
    const work = new ScriptedFunction(hang);
    const definition = machine({
      First: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'A', States: { A: ask('a', { Next: 'Match' }), Match: match } },
          { StartAt: 'B', States: { B: ask('b', { TimeoutSeconds: 2, Next: 'Pause' }), Pause: pause } },
        ],
        End: true,
      },
    });
    const harness = await Harness.open({ definition, functions: { work } });
    const started = await harness.start({});
    assert.ok(started.outcome === 'started');
    await harness.quiet();
    const calls = work.events as readonly { readonly name: string; readonly token: string }[];
    for (const { token } of calls.toSorted((one, other) => one.name.localeCompare(other.name))) {
      assert.equal(harness.stepFunctions.answer(token, { kind: 'token-succeeded', output: '1' }), true);
    }
    harness.clock.advance(2_000);
    await harness.stepFunctions.durable(started.facts.id);
    assert.equal(harness.types().includes('WaitStateExited'), false);
    const { endedAt, startedAt, status } = await harness.end();
    assert.equal(status, 'SUCCEEDED');
    assert.equal((endedAt ?? 0) - startedAt, 3_602_000);
  });

  test('what reads the time of its entry or its task token is evaluated once', async () => {
    const work = new ScriptedFunction((event) => event);
    const definition = machine({
      First: {
        Type: 'Pass',
        Output: '{% $replace($states.context.State.EnteredTime, /-/, "") %}',
        Next: 'Second',
      },
      Second: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: {
          FunctionName: 'work',
          Payload: { length: '{% $length($replace($states.context.Task.Token, /^./, "")) %}' },
        },
        TimeoutSeconds: 5,
        End: true,
      },
    });
    const clock = new VirtualClock();
    const harness = await Harness.open({ definition, functions: { work }, clock });
    await harness.start({});
    const over = ended(harness);
    for (let moved = 0; moved < 500 && work.events.length === 0; moved += 1) {
      clock.advance(1);
      await new Promise<void>((resolve) => setImmediate(resolve));
      await harness.stepFunctions.durable(1);
    }
    assert.equal(work.events.length, 1);
    clock.advance(5_000);
    assert.equal((await over).result.error, 'States.Timeout');
  });
});
