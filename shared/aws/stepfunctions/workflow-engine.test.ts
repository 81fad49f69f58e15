import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { executionArnOf, StepFunctionsEngine } from './workflow-engine.ts';

const machine = 'arn:aws:states:eu-west-1:123456789012:stateMachine:tandem-dev-run:live';

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: object;
}

const refusal = (name: string, status = 400) =>
  Object.assign(new Error(`${name} was said.`), { name, $metadata: { httpStatusCode: status } });

/** Answers each command by its name; what throws is what a client of the SDK throws after its retries. */
function open(answers: Readonly<Record<string, () => unknown>>, reminders: readonly number[] = []) {
  const sent: [string, object][] = [];
  const send = async (command: Command) => {
    const name = command.constructor.name.replace(/Command$/, '');
    sent.push([name, command.input]);
    return answers[name]?.() ?? {};
  };
  const client = { send } as unknown as SFNClient;
  return { engine: new StepFunctionsEngine({ client, machine, reminders }), sent };
}

const throwing = (name: string, status?: number) => () => {
  throw refusal(name, status);
};

describe('executions on Step Functions', () => {
  it('are named after the machine, whichever alias started them', () => {
    const execution = 'arn:aws:states:eu-west-1:123456789012:execution:tandem-dev-run:run_1-2';
    for (const arn of [machine, machine.replace(':live', ''), machine.replace(':live', ':7')]) {
      assert.equal(executionArnOf(arn, 'run_1-2'), execution);
    }
  });

  it('are started by the machine as it was given, with ids only', async () => {
    const { engine, sent } = open({});
    assert.equal(await engine.start('run_1-2', { run: 'run_1' }), 'started');
    const input = { stateMachineArn: machine, name: 'run_1-2', input: '{"run":"run_1"}' };
    assert.deepEqual(sent, [['StartExecution', input]]);
  });

  for (const [status, outcome] of [
    ['RUNNING', 'running'],
    ['SUCCEEDED', 'closed'],
    ['ABORTED', 'closed'],
  ] as const) {
    it(`whose name is taken are ${outcome} when they are ${status}`, async () => {
      const { engine } = open({
        StartExecution: throwing('ExecutionAlreadyExists'),
        DescribeExecution: () => ({ status }),
      });
      assert.equal(await engine.start('run_1-1', {}), outcome);
    });
  }

  it('whose name is taken and that are not to be found are asked for again', async () => {
    const { engine } = open({
      StartExecution: throwing('ExecutionAlreadyExists'),
      DescribeExecution: throwing('ExecutionDoesNotExist'),
    });
    await assert.rejects(engine.start('run_1-1', {}), { code: 'engine.unavailable' });
  });

  it('say why they failed', async () => {
    const { engine } = open({
      DescribeExecution: () => ({ status: 'FAILED', error: 'Broken', cause: 'It broke.' }),
    });
    assert.deepEqual(await engine.describe('run_1-1'), {
      status: 'closed',
      succeeded: false,
      cause: 'Broken: It broke.',
    });
  });

  it('that never were are stopped without complaint', async () => {
    const { engine } = open({ StopExecution: throwing('ExecutionDoesNotExist') });
    await engine.stop('run_1-1', 'Enough.');
  });

  for (const [name, status, code] of [
    ['ThrottlingException', 400, 'engine.unavailable'],
    ['ServiceUnavailable', 503, 'engine.unavailable'],
    ['TimeoutError', undefined, 'engine.unavailable'],
    ['AccessDeniedException', 400, 'cloud.denied'],
    ['StateMachineDoesNotExist', 400, 'cloud.absent'],
  ] as const) {
    it(`that are refused with ${name} are ${code}`, async () => {
      const { engine } = open({ StartExecution: throwing(name, status) });
      await assert.rejects(engine.start('run_1-1', {}), { code });
    });
  }

  it('that cannot be reached are engine.unavailable', async () => {
    const { engine } = open({
      DescribeExecution: () => {
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      },
    });
    await assert.rejects(engine.describe('run_1-1'), { code: 'engine.unavailable' });
  });
});

describe('task tokens on Step Functions', () => {
  for (const name of ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']) {
    it(`on which nobody waits are gone: ${name}`, async () => {
      const gone = throwing(name);
      const { engine } = open({ SendTaskSuccess: gone, SendTaskFailure: gone, SendTaskHeartbeat: gone });
      assert.equal(await engine.succeed('t'), 'gone');
      assert.equal(await engine.fail('t', 'E', 'c'), 'gone');
      assert.equal(await engine.heartbeat('t'), 'gone');
    });
  }

  it('are not heard of again after their answer', async () => {
    const { engine, sent } = open({});
    assert.equal(await engine.succeed('t'), 'accepted');
    assert.equal(await engine.fail('t', 'E', 'c'), 'accepted');
    const names = sent.map(([name]) => name);
    assert.deepEqual(names, ['SendTaskSuccess', 'SendTaskFailure']);
  });

  it('are heard of again where that is wanted, without anybody waiting for it or minding what is said', async () => {
    const last = Promise.withResolvers<void>();
    let heard = 0;
    const heartbeat = () => {
      heard += 1;
      if (heard === 2) last.resolve();
      throw refusal('TaskTimedOut');
    };
    const { engine, sent } = open({ SendTaskHeartbeat: heartbeat }, [1, 1]);
    assert.equal(await engine.succeed('t'), 'accepted');
    assert.equal(sent.length, 1);
    await last.promise;
  });

  it('that nobody waits on are not heard of again', async () => {
    const { engine, sent } = open({ SendTaskSuccess: throwing('TaskTimedOut') }, [0]);
    assert.equal(await engine.succeed('t'), 'gone');
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(sent.length, 1);
  });

  it('fail with as much as the service takes', async () => {
    const { engine, sent } = open({});
    await engine.fail('t', 'E'.repeat(300), 'c'.repeat(40_000));
    const [[, said] = []] = sent;
    assert.deepEqual(said, { taskToken: 't', error: 'E'.repeat(256), cause: 'c'.repeat(32_768) });
  });

  it('are not gone because the service is throttled', async () => {
    const { engine } = open({ SendTaskSuccess: throwing('ThrottlingException') });
    await assert.rejects(engine.succeed('t'), { code: 'engine.unavailable' });
  });
});
