import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FunctionError, hang } from '../../local/stepfunctions/testing/scripted.ts';
import type { TokenStep } from '../../shared/application/step.ts';
import { ScriptedRun } from './scripted-run.ts';

describe('a walk through the run machine', () => {
  test('a run that only advances', async () => {
    const run = new ScriptedRun({ story: ['advance', 'advance'] });
    const { states, status } = await run.walk();
    const round = ['Advance', 'NextStep'];
    assert.deepEqual(states, ['Prepare', ...round, ...round, ...round, 'Finish']);
    assert.equal(status, 'SUCCEEDED');
    assert.deepEqual(run.calls, ['prepare', 'advance', 'advance', 'advance', 'finish']);
  });

  test('a command, an approval and a signal are waited for by token', async () => {
    const run = new ScriptedRun({ story: ['command', 'approval', 'signal'] });
    const { states } = await run.walk();
    assert.deepEqual(
      states.filter((state) => !['Advance', 'NextStep'].includes(state)),
      ['Prepare', 'RunCommand', 'AwaitApproval', 'AwaitSignal', 'Finish'],
    );
    const { token, ...step } = run.events.dispatch as TokenStep;
    assert.match(token, /^[\w.]+$/);
    assert.deepEqual(step, {
      tenant: 'default',
      run: 'run_1',
      generation: 1,
      loop: 1,
      next: 'command',
      told: 0,
      operation: 7,
      timeoutSeconds: 120,
      did: [],
      say: 'Next is command',
    });
  });

  test('a handover ends the execution once its successor is started', async () => {
    const { states, status } = await new ScriptedRun({ story: ['handover'] }).walk();
    assert.deepEqual(states.slice(-2), ['NextStep', 'StartSuccessor']);
    assert.equal(status, 'SUCCEEDED');
  });

  test('a superseded execution ends without touching the run', async () => {
    const run = new ScriptedRun({ story: ['superseded'] });
    const { states, status } = await run.walk();
    assert.deepEqual([states.at(-1), status], ['Superseded', 'SUCCEEDED']);
    assert.ok(!run.calls.includes('finish'));
  });

  test('a word that it does not know finishes', async () => {
    const { states } = await new ScriptedRun({ story: ['world' as 'finish'] }).walk();
    assert.equal(states.at(-1), 'Finish');
  });
});

describe('time in the run machine', () => {
  for (const next of ['command', 'approval', 'signal'] as const) {
    test(`a ${next} that is not answered in time goes on to Advance`, async () => {
      const beats = new Set<number>();
      const run = new ScriptedRun({
        story: [next],
        timeoutSeconds: 300,
        onToken: ({ token }, { stepFunctions, clock }) => {
          for (let at = 50; at < 300; at += 50) {
            clock.at(clock.now() + at * 1_000, () => {
              if (stepFunctions.answer(token, { kind: 'heartbeat' })) beats.add(at);
            });
          }
        },
      });
      const began = run.clock.now();
      const { states, status } = await run.walk();
      assert.deepEqual(
        states.slice(-4),
        ['Advance', 'NextStep', 'Finish'].toSpliced(0, 0, states.at(-4) ?? ''),
      );
      assert.equal(status, 'SUCCEEDED');
      assert.equal(run.clock.now() - began, 300_000);
      assert.equal(beats.size, 5);
    });
  }

  test('a worker that falls silent is given up after a minute', async () => {
    const run = new ScriptedRun({ story: ['command'], timeoutSeconds: 3_600, onToken: () => {} });
    const began = run.clock.now();
    const { states } = await run.walk();
    assert.deepEqual(states.slice(-3), ['Advance', 'NextStep', 'Finish']);
    assert.equal(run.clock.now() - began, 60_000);
  });

  test('a person may take all the time there is', async () => {
    const year = 365 * 24 * 3_600;
    const run = new ScriptedRun({
      story: ['approval'],
      timeoutSeconds: year,
      onToken: ({ token }, { stepFunctions, clock }) => {
        clock.at(clock.now() + (year - 1) * 1_000, () => {
          stepFunctions.answer(token, { kind: 'token-succeeded', output: '{}' });
        });
      },
    });
    const began = run.clock.now();
    assert.equal((await run.walk()).status, 'SUCCEEDED');
    assert.equal(run.clock.now() - began, (year - 1) * 1_000);
  });

  test('an Advance that hangs is called again after 930 seconds', async () => {
    let calls = 0;
    const usual = new ScriptedRun({ story: [] });
    const run = new ScriptedRun({
      story: [],
      scenes: {
        advance: (event) => {
          calls += 1;
          return calls === 1 ? hang() : { ...(event as object), next: 'finish', timeoutSeconds: 1 };
        },
      },
    });
    assert.equal((await usual.walk()).status, 'SUCCEEDED');
    const began = run.clock.now();
    assert.equal((await run.walk()).status, 'SUCCEEDED');
    assert.equal(calls, 2);
    assert.ok(run.clock.now() - began >= 930_000);
  });
});

describe('failures in the run machine', () => {
  test('what can pass is tried again', async () => {
    let failures = 3;
    const run = new ScriptedRun({
      story: [],
      scenes: {
        prepare: (event) => {
          failures -= 1;
          if (failures >= 0) throw new FunctionError('Lambda.TooManyRequestsException');
          return { ...(event as object), loop: 0, next: 'advance', timeoutSeconds: 1 };
        },
      },
    });
    const { states, status } = await run.walk();
    assert.deepEqual([states.filter((state) => state === 'Prepare').length, status], [1, 'SUCCEEDED']);
    assert.equal(run.calls.filter((call) => call === 'prepare').length, 4);
  });

  for (const failing of ['prepare', 'advance', 'dispatch', 'successor'] as const) {
    test(`a ${failing} that fails for good leads to Finish, which is told why`, async () => {
      const run = new ScriptedRun({
        story: [failing === 'successor' ? 'handover' : 'command'],
        scenes: {
          [failing]: () => {
            throw new FunctionError('internal', 'Out of luck.');
          },
        },
      });
      const { states, status } = await run.walk();
      assert.deepEqual([states.at(-1), status], ['Finish', 'SUCCEEDED']);
      const { run: about, error } = run.events.finish as { run: string; error: { Error: string } };
      assert.deepEqual([about, error.Error], ['run_1', 'internal']);
    });
  }

  test('a stopped worker goes on to Advance', async () => {
    const run = new ScriptedRun({
      story: ['command'],
      onToken: ({ token }, { stepFunctions }) => {
        stepFunctions.answer(token, { kind: 'token-failed', error: 'Worker.Stopped', cause: 'Cancelled.' });
      },
    });
    const { states } = await run.walk();
    assert.deepEqual(states.slice(-3), ['Advance', 'NextStep', 'Finish']);
    assert.equal((run.events.advance as { error?: object }).error, undefined);
  });

  test('Finish is tried for hours before it is given up', async () => {
    const run = new ScriptedRun({
      story: [],
      scenes: {
        finish: () => {
          throw new FunctionError('data.full');
        },
      },
    });
    const { status } = await run.walk();
    assert.equal(status, 'FAILED');
    assert.equal(run.calls.filter((call) => call === 'finish').length, 31);
  });
});
