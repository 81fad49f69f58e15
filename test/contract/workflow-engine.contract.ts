import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Step, TokenStep } from '../../shared/application/step.ts';
import type { ExecutionState } from '../../shared/ports/workflow-engine.ts';
import type { EngineUnderTest, MakeEngine, RunScript } from './workflow-engine-embedded.ts';

const input = { tenant: 'default', run: 'run_1', generation: 1 };
const name = 'run_1-1';

/** A run that waits once for a signal, and remembers its tokens. */
class WaitingRun {
  /** How long it waits for its signal. */
  timeoutSeconds = 3_600;
  readonly tokens: string[] = [];
  readonly called: string[] = [];
  readonly script: RunScript = {
    prepare: (event) => this.#step('prepare', event as Step, 'advance'),
    advance: (event) => this.#step('advance', event as Step, this.tokens.length === 0 ? 'signal' : 'finish'),
    await: (event) => void this.tokens.push((event as TokenStep).token),
    finish: (event) => this.#step('finish', event as Step, 'finish'),
    dispatch: () => assert.fail('No command is run.'),
    successor: () => assert.fail('Nothing is handed over.'),
  };

  get token(): string {
    return this.tokens.at(-1) ?? assert.fail('There is no token yet.');
  }

  #step(called: string, step: Step, next: Step['next']): Step {
    this.called.push(called);
    const { timeoutSeconds } = this;
    return { ...step, loop: (step.loop ?? 0) + 1, next, told: 0, timeoutSeconds, did: [], say: next };
  }
}

/** Looks again and again: in the same process each turn of the event loop, elsewhere less often. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  for (let turns = 0; !(await condition()); turns += 1) {
    if (performance.now() > end) throw new Error('It never happened.');
    await (turns < 1_000 ? new Promise(setImmediate) : pause(20));
  }
}

async function closed({ engine }: EngineUnderTest): Promise<ExecutionState> {
  await until(async () => (await engine.describe(name)).status === 'closed');
  return engine.describe(name);
}

export interface EngineTraits {
  /** Whether its executions outlive its process; default: yes. */
  readonly survives?: boolean;
  /** How many executions it is given at once; default: 50. */
  readonly many?: number;
  /**
   * Whether it is LocalStack: that hears no heartbeat where a state has declared none, takes further answers to a token,
   * which change nothing, and lets an execution that waits outlive being stopped.
   */
  readonly isLocalstack?: boolean;
}

/** What every workflow engine does for the runs it carries. */
export function describeWorkflowEngine(
  title: string,
  make: MakeEngine,
  { survives = true, many = 50, isLocalstack = false }: EngineTraits = {},
): void {
  describe(`workflow engine: ${title}`, () => {
    test('an execution is absent, runs, and is closed', async (context) => {
      const run = new WaitingRun();
      const { engine, ...rest } = await make(context, run.script);
      assert.deepEqual(await engine.describe(name), { status: 'absent' });
      assert.equal(await engine.start(name, input), 'started');
      assert.deepEqual(await engine.describe(name), { status: 'running' });
      await until(() => run.tokens.length === 1);
      assert.equal(await engine.succeed(run.token), 'accepted');
      assert.deepEqual(await closed({ engine, ...rest }), { status: 'closed', succeeded: true });
      assert.deepEqual(run.called, ['prepare', 'advance', 'advance', 'finish']);
    });

    test('a name is taken while its execution runs, and used up afterwards', async (context) => {
      const run = new WaitingRun();
      const its = await make(context, run.script);
      const both = await Promise.all([its.engine.start(name, input), its.engine.start(name, input)]);
      assert.ok(both.includes('started') && !both.includes('closed'), String(both));
      await until(() => run.tokens.length === 1);
      assert.notEqual(await its.engine.start(name, input), 'closed');
      await its.engine.succeed(run.token);
      await closed(its);
      assert.equal(await its.engine.start(name, input), 'closed');
      assert.equal(run.tokens.length, 1);
    });

    test('a token is answered once', async (context) => {
      const run = new WaitingRun();
      const its = await make(context, run.script);
      await its.engine.start(name, input);
      await until(() => run.tokens.length === 1);
      if (!isLocalstack) assert.equal(await its.engine.heartbeat(run.token), 'accepted');
      assert.equal(await its.engine.succeed(run.token), 'accepted');
      if (isLocalstack) {
        await closed(its);
        await its.engine.succeed(run.token);
        assert.deepEqual(run.called, ['prepare', 'advance', 'advance', 'finish']);
        return;
      }
      assert.equal(await its.engine.succeed(run.token), 'gone');
      assert.equal(await its.engine.fail(run.token, 'Late', 'Too late.'), 'gone');
      assert.equal(await its.engine.heartbeat(run.token), 'gone');
    });

    test('a heartbeat is heard where the state has one', async (context) => {
      const run = new WaitingRun();
      const script: RunScript = {
        ...run.script,
        advance: (event, call) => ({
          ...(run.script.advance(event, call) as Step),
          ...(run.tokens.length === 0 ? { next: 'command', operation: 1 } : { next: 'finish' }),
        }),
        dispatch: (event) => void run.tokens.push((event as TokenStep).token),
      };
      const its = await make(context, script);
      await its.engine.start(name, input);
      await until(() => run.tokens.length === 1);
      // An engine in another process may not wait yet.
      await until(async () => (await its.engine.heartbeat(run.token)) === 'accepted');
      assert.equal(await its.engine.succeed(run.token), 'accepted');
      assert.deepEqual(await closed(its), { status: 'closed', succeeded: true });
      assert.equal(await its.engine.heartbeat(run.token), 'gone');
    });

    test('a token may be answered before the function that was given it returns, also where the state has a heartbeat', async (context) => {
      const run = new WaitingRun();
      const answers: string[] = [];
      let dispatched = false;
      const script: RunScript = {
        ...run.script,
        advance: (event, call) => ({
          ...(run.script.advance(event, call) as Step),
          ...(dispatched ? { next: 'finish' } : { next: 'command', operation: 1 }),
        }),
        dispatch: async (event) => {
          dispatched = true;
          answers.push(await its.engine.succeed((event as TokenStep).token));
        },
      };
      const its = await make(context, script);
      await its.engine.start(name, input);
      assert.deepEqual(await closed(its), { status: 'closed', succeeded: true });
      await until(() => answers.length > 0);
      assert.deepEqual(answers, ['accepted']);
      assert.deepEqual(run.called, ['prepare', 'advance', 'advance', 'finish']);
    });

    test('a token that never was is gone', async (context) => {
      const { engine } = await make(context, new WaitingRun().script);
      assert.equal(await engine.succeed('nonsense'), 'gone');
      assert.equal(await engine.fail('zz.1.00', 'Error', 'Cause'), 'gone');
    });

    test('a failed token goes where the machine says', async (context) => {
      const run = new WaitingRun();
      const its = await make(context, run.script);
      await its.engine.start(name, input);
      await until(() => run.tokens.length === 1);
      assert.equal(await its.engine.fail(run.token, 'Broken', 'It broke.'), 'accepted');
      assert.deepEqual(await closed(its), { status: 'closed', succeeded: true });
      assert.deepEqual(run.called, ['prepare', 'advance', 'finish']);
    });

    test('a token times out', async (context) => {
      const run = new WaitingRun();
      const its = await make(context, run.script);
      run.timeoutSeconds = its.timeoutSeconds ?? run.timeoutSeconds;
      await its.engine.start(name, input);
      await until(() => run.tokens.length === 1);
      its.clock?.advance(3_600_000);
      assert.deepEqual(await closed(its), { status: 'closed', succeeded: true });
      assert.equal(await its.engine.succeed(run.token), 'gone');
      assert.deepEqual(run.called, ['prepare', 'advance', 'advance', 'finish']);
    });

    test('a stopped execution is closed, with its cause', async (context) => {
      const run = new WaitingRun();
      const its = await make(context, run.script);
      await its.engine.start(name, input);
      await until(() => run.tokens.length === 1);
      await its.engine.stop(name, 'Enough.');
      if (!isLocalstack) {
        assert.deepEqual(await closed(its), { status: 'closed', succeeded: false, cause: 'Enough.' });
        assert.equal(await its.engine.succeed(run.token), 'gone');
      }
      await its.engine.stop('run_unknown-1', 'Nobody there.');
    });

    test('executions do not disturb each other', async (context) => {
      const run = new WaitingRun();
      const { engine } = await make(context, run.script);
      const names = Array.from({ length: many }, (_, index) => `run_${index}-1`);
      const started = await Promise.all(names.map((each) => engine.start(each, input)));
      assert.ok(started.every((outcome) => outcome === 'started'));
      const statusOf = async (each: string) => (await engine.describe(each)).status;
      await until(async () => {
        for (const token of run.tokens) await engine.succeed(token);
        return (await Promise.all(names.map(statusOf))).every((status) => status === 'closed');
      });
    });

    if (!survives) return;

    test('a waiting execution survives a crash with its token and its deadline', async (context) => {
      const run = new WaitingRun();
      const first = await make(context, run.script);
      await first.engine.start(name, input);
      await until(() => run.tokens.length === 1);
      await new Promise(setImmediate);
      const second = await first.crash();
      assert.deepEqual(await second.engine.describe(name), { status: 'running' });
      assert.notEqual(await second.engine.start(name, input), 'closed');
      assert.equal(await second.engine.succeed(run.token), 'accepted');
      assert.deepEqual(await closed(second), { status: 'closed', succeeded: true });
      assert.equal(await (await second.crash()).engine.start(name, input), 'closed');
    });

    test('a deadline that passed while nobody was there is noticed', async (context) => {
      const run = new WaitingRun();
      const first = await make(context, run.script);
      await first.engine.start(name, input);
      await until(() => run.tokens.length === 1);
      await new Promise(setImmediate);
      first.clock?.advance(3_599_000);
      const second = await first.crash();
      second.clock?.advance(1_000);
      assert.deepEqual(await closed(second), { status: 'closed', succeeded: true });
    });

    test('a call that a crash cut off is made again', async (context) => {
      const run = new WaitingRun();
      let calls = 0;
      const advance = (event: unknown, call: number) => {
        calls += 1;
        return calls === 1 ? new Promise<never>(() => {}) : run.script.advance(event, call);
      };
      const first = await make(context, { ...run.script, advance });
      await first.engine.start(name, input);
      await until(() => calls === 1);
      await new Promise(setImmediate);
      const second = await first.crash();
      await until(() => run.tokens.length === 1);
      await second.engine.succeed(run.token);
      assert.deepEqual(await closed(second), { status: 'closed', succeeded: true });
      assert.deepEqual(run.called, ['prepare', 'advance', 'advance', 'finish']);
    });
  });
}
