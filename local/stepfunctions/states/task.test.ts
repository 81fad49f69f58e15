import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Harness } from '../testing/harness.ts';
import { FunctionError, hang, type Scene, ScriptedFunction } from '../testing/scripted.ts';

const invoke = 'arn:aws:states:::lambda:invoke';

/** A machine of one task, `Work`, whose failures `Caught` takes. */
function oneTask(task: object): object {
  return {
    StartAt: 'Work',
    States: {
      Work: {
        Type: 'Task',
        Resource: invoke,
        Parameters: { FunctionName: 'work', 'Payload.$': '$' },
        End: true,
        ...task,
      },
      ...('Catch' in task ? { Caught: { Type: 'Pass', End: true } } : {}),
    },
  };
}

async function harnessOf(
  task: object,
  scene: Scene,
  options: { repeatable?: boolean } = {},
): Promise<Harness> {
  return Harness.open({
    definition: oneTask(task),
    functions: { work: new ScriptedFunction(scene, options) },
  });
}

const output = (text: string | undefined): unknown => JSON.parse(text ?? 'null');

describe('Task', () => {
  test('parameters, result selector, result path and output path shape what goes in and out', async () => {
    const work = new ScriptedFunction(() => ({ answer: 42, noise: true }));
    const task = {
      InputPath: '$.inner',
      Parameters: {
        FunctionName: 'work',
        Payload: {
          'asked.$': '$.question',
          'run.$': '$$.Execution.Name',
          fixed: [1, { 'deep.$': '$.question' }],
        },
      },
      ResultSelector: { 'value.$': '$.Payload.answer' },
      ResultPath: '$.result',
      OutputPath: '$.result.value',
    };
    const harness = await Harness.open({ definition: oneTask(task), functions: { work } });
    const ended = await harness.run({ inner: { question: 'why' } });
    assert.deepEqual(work.events, [{ asked: 'why', run: 'execution', fixed: [1, { deep: 'why' }] }]);
    assert.equal(ended.result.output, '42');
  });

  test('a plain function ARN takes the input and gives its answer', async () => {
    const work = new ScriptedFunction((event) => ({ got: event }));
    const task = { Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:work', Parameters: undefined };
    const harness = await Harness.open({ definition: oneTask(task), functions: { work } });
    const ended = await harness.run({ a: 1 });
    assert.deepEqual(output(ended.result.output), { got: { a: 1 } });
    assert.deepEqual(harness.types(), [
      'ExecutionStarted',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('a retry waits longer each time, up to the limit, and counts', async () => {
    const at: number[] = [];
    const task = {
      Parameters: { FunctionName: 'work', Payload: { 'retries.$': '$$.State.RetryCount' } },
      OutputPath: '$.Payload',
      Retry: [
        { ErrorEquals: ['Flaky'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 4, MaxDelaySeconds: 10 },
      ],
    };
    const harness = await harnessOf(task, (event, call) => {
      at.push(harness.clock.now());
      if (call <= 4) throw new FunctionError('Flaky');
      return event;
    });
    const ended = await harness.run({});
    assert.deepEqual(
      at.slice(1).map((time, index) => time - (at[index] ?? 0)),
      [2_000, 6_000, 10_000, 10_000],
    );
    assert.deepEqual(output(ended.result.output), { retries: 4 });
  });

  test('full jitter draws a delay below the interval', async () => {
    const at: number[] = [];
    const task = { Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 100, JitterStrategy: 'FULL' }] };
    const harness = await harnessOf(task, (_, call) => {
      at.push(harness.clock.now());
      if (call === 1) throw new FunctionError('Flaky');
    });
    await harness.run({});
    const delay = (at[1] ?? 0) - (at[0] ?? 0);
    assert.ok(delay > 0 && delay < 100_000, `it was ${delay} ms`);
  });

  test('a retry that is used up leaves the failure to the catch, which keeps the input', async () => {
    const task = {
      Retry: [{ ErrorEquals: ['Flaky'], MaxAttempts: 1 }],
      Catch: [
        { ErrorEquals: ['Other'], Next: 'Work' },
        { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Caught' },
      ],
    };
    const harness = await harnessOf(task, () => {
      throw new FunctionError('Flaky', 'Once more.');
    });
    const { status, result } = await harness.run({ kept: true });
    const { kept, error } = output(result.output) as {
      kept: boolean;
      error: { Error: string; Cause: string };
    };
    assert.deepEqual([status, kept, error.Error], ['SUCCEEDED', true, 'Flaky']);
    assert.equal((JSON.parse(error.Cause) as { errorMessage: string }).errorMessage, 'Once more.');
  });

  test('what nothing catches fails the execution under its name', async () => {
    const harness = await harnessOf({}, () => {
      throw new RangeError('Too far.');
    });
    const { status, result } = await harness.run({});
    assert.deepEqual([status, result.error], ['FAILED', 'RangeError']);
  });

  test('a function that is not there fails as Lambda says', async () => {
    const harness = await Harness.open({ definition: oneTask({}), functions: {} });
    assert.equal((await harness.run({})).result.error, 'Lambda.ResourceNotFoundException');
  });

  test('an answer that is no JSON fails the task', async () => {
    const work = { repeatable: true, invoke: async () => '{' };
    const harness = await Harness.open({ definition: oneTask({}), functions: { work } });
    assert.equal((await harness.run({})).result.error, 'Lambda.Unknown');
  });

  test('a task that takes too long times out, and its late answer is ignored', async () => {
    let answer: (value: unknown) => void = () => {};
    const late = new Promise((resolve) => {
      answer = resolve;
    });
    const task = { TimeoutSeconds: 30, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Caught' }] };
    const harness = await harnessOf(task, () => late);
    await harness.start({});
    await harness.quiet();
    harness.clock.advance(29_999);
    await harness.quiet();
    assert.equal(harness.describe().status, 'RUNNING');
    harness.clock.advance(1);
    answer('late');
    const { result } = await harness.end();
    assert.deepEqual(output(result.output), { Error: 'States.Timeout', Cause: '' });
    assert.ok(harness.types().includes('TaskTimedOut'));
  });

  test('the timeout may come from the input', async () => {
    const harness = await harnessOf({ TimeoutSecondsPath: '$.seconds' }, hang);
    const began = harness.clock.now();
    const { result } = await harness.run({ seconds: 7 });
    assert.deepEqual([result.error, harness.clock.now() - began], ['States.Timeout', 7_000]);
    const wrong = await harnessOf({ TimeoutSecondsPath: '$.seconds' }, hang);
    assert.equal((await wrong.run({ seconds: 'soon' })).result.error, 'States.Runtime');
  });

  test('a result beyond 256 KiB is a failure of its own', async () => {
    const harness = await harnessOf({}, () => 'ä'.repeat(131_072));
    assert.equal((await harness.run({})).result.error, 'States.DataLimitExceeded');
    const fits = await harnessOf({ OutputPath: '$.StatusCode' }, () => 'ä'.repeat(131_000));
    assert.equal((await fits.run({})).status, 'SUCCEEDED');
  });

  test('States.Runtime is held by no retry and no catch', async () => {
    const task = {
      ResultPath: '$.a.b',
      Parameters: { FunctionName: 'work', 'Payload.$': '$.missing' },
      Retry: [{ ErrorEquals: ['States.ALL'] }],
      Catch: [{ ErrorEquals: ['States.Runtime'], Next: 'Caught' }],
    };
    const harness = await harnessOf(
      { ...task, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] },
      () => 1,
    );
    const { status, result } = await harness.run({});
    assert.deepEqual([status, result.error], ['FAILED', 'States.Runtime']);
    assert.match(
      result.cause ?? '',
      /^An error occurred while executing the state 'Work' \(entered at the event id #2\)\./,
    );
  });

  test('a call that may not be repeated is made once its scheduling is on the disk', async () => {
    const harness = await harnessOf({}, () => 'done', { repeatable: false });
    assert.equal((await harness.run({})).status, 'SUCCEEDED');
  });
});

describe('Task with a token', () => {
  const waits = (task: object = {}): object =>
    oneTask({
      Resource: `${invoke}.waitForTaskToken`,
      Parameters: { FunctionName: 'work', Payload: { 'token.$': '$$.Task.Token' } },
      ...task,
    });

  async function waiting(task: object = {}): Promise<{ harness: Harness; token: string }> {
    const work = new ScriptedFunction(() => 'taken');
    const harness = await Harness.open({ definition: waits(task), functions: { work } });
    await harness.start({ kept: 1 });
    await harness.quiet();
    return { harness, token: (work.events[0] as { token: string }).token };
  }

  test('the answer to the token is the result', async () => {
    const { harness, token } = await waiting();
    assert.equal(harness.stepFunctions.answer(token, { kind: 'token-succeeded', output: '{"b":2}' }), true);
    assert.deepEqual(output((await harness.end()).result.output), { b: 2 });
    assert.deepEqual(harness.types().slice(2, 6), [
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
    ]);
  });

  test('it may be answered while its function still runs', async () => {
    const work = new ScriptedFunction((event) => {
      harness.stepFunctions.answer((event as { token: string }).token, {
        kind: 'token-succeeded',
        output: '1',
      });
      return 'too late';
    });
    const harness = await Harness.open({ definition: waits(), functions: { work } });
    assert.equal((await harness.run({})).result.output, '1');
    assert.ok(!harness.types().includes('TaskSubmitted'));
  });

  test('heartbeats keep it alive, and their absence ends it', async () => {
    const { harness, token } = await waiting({
      TimeoutSeconds: 600,
      HeartbeatSeconds: 60,
      Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], ResultPath: null, Next: 'Caught' }],
    });
    harness.clock.advance(59_000);
    harness.stepFunctions.answer(token, { kind: 'heartbeat' });
    harness.clock.advance(59_000);
    await harness.quiet();
    assert.equal(harness.describe().status, 'RUNNING');
    harness.clock.advance(1_000);
    const { result } = await harness.end();
    assert.deepEqual(output(result.output), { kept: 1 });
    assert.equal(harness.history().find((event) => event.type === 'TaskTimedOut')?.id, 6);
  });

  test('no heartbeat postpones the timeout', async () => {
    const { harness, token } = await waiting({ TimeoutSeconds: 100, HeartbeatSeconds: 60 });
    harness.clock.advance(50_000);
    harness.stepFunctions.answer(token, { kind: 'heartbeat' });
    harness.clock.advance(50_000);
    assert.equal((await harness.end()).result.error, 'States.Timeout');
  });

  test('a function that fails fails the task', async () => {
    const work = new ScriptedFunction(() => {
      throw new FunctionError('Dispatch.Failed');
    });
    const harness = await Harness.open({ definition: waits(), functions: { work } });
    assert.equal((await harness.run({})).result.error, 'Dispatch.Failed');
  });

  test('each attempt has its own token', async () => {
    const tokens: string[] = [];
    const work = new ScriptedFunction((event) => {
      tokens.push((event as { token: string }).token);
    });
    const definition = waits({ Retry: [{ ErrorEquals: ['Again'], IntervalSeconds: 1 }] });
    const harness = await Harness.open({ definition, functions: { work } });
    await harness.start({});
    await harness.quiet();
    const [first = ''] = tokens;
    harness.stepFunctions.answer(first, { kind: 'token-failed', error: 'Again', cause: undefined });
    harness.clock.advance(1_000);
    await harness.quiet();
    const [, second = ''] = tokens;
    assert.notEqual(first, second);
    assert.equal(harness.stepFunctions.answer(first, { kind: 'token-succeeded', output: '1' }), false);
    assert.equal(harness.stepFunctions.answer(second, { kind: 'token-succeeded', output: '2' }), true);
    assert.equal((await harness.end()).result.output, '2');
  });
});
