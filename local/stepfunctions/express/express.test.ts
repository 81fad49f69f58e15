import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SeededIds } from '../../../shared/memory/seeded-ids.ts';
import { VirtualClock } from '../../../shared/memory/virtual-clock.ts';
import { StepFunctions, type StepFunctionsOptions } from '../engine.ts';
import { nestedExecutions } from '../executions/nested.ts';
import { createMemoryJournal } from '../journal/memory.ts';
import { endpointsFrom } from '../services/endpoints.ts';
import { Services } from '../services/services.ts';
import { ScriptedFunction } from '../testing/scripted.ts';

const at = 0;
const roleArn = 'arn:aws:iam::000000000000:role/test';

interface Opened {
  readonly stepFunctions: StepFunctions;
  readonly clock: VirtualClock;
  define(definition: object, machine?: string): void;
}

async function open(functions: Readonly<Record<string, ScriptedFunction>> = {}): Promise<Opened> {
  const clock = new VirtualClock();
  const journal = createMemoryJournal();
  const services: StepFunctionsOptions['services'] = (engine) =>
    new Services({ endpoints: endpointsFrom({}), clock, nested: nestedExecutions(engine) });
  const stepFunctions = new StepFunctions({ journal, clock, ids: new SeededIds(1, clock), services });
  await stepFunctions.open(functions);
  const define = (definition: object, machine = 'fast'): void => {
    const text = JSON.stringify(definition);
    stepFunctions.machines.create({ machine, type: 'EXPRESS', definition: text, roleArn, at });
  };
  return { stepFunctions, clock, define };
}

const begin = ({ stepFunctions }: Opened, input: unknown = {}) =>
  stepFunctions.startExpress({ machine: 'fast', name: 'n', input: JSON.stringify(input) });

const invoke = (rest: object = {}, state = 'T'): object => ({
  StartAt: state,
  States: {
    [state]: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'work', 'Payload.$': '$' },
      OutputPath: '$.Payload',
      End: true,
      ...rest,
    },
  },
});

describe('Express executions', () => {
  test('tasks, retries and branches go as in Standard ones, and nothing is journaled', async () => {
    const work = new ScriptedFunction((event, call) => {
      if (call === 1) throw new Error('Not yet.');
      return event;
    });
    const opened = await open({ work });
    const branches = [invoke({ Retry: [{ ErrorEquals: ['States.ALL'] }] }), invoke({}, 'U')];
    opened.define({ StartAt: 'B', States: { B: { Type: 'Parallel', Branches: branches, End: true } } });
    const { ended, facts } = begin(opened, { a: 1 });
    let end: Awaited<typeof ended>;
    void ended.then((found) => {
      end = found;
    });
    for (let turn = 0; end === undefined; turn += 1) {
      assert.ok(turn < 1_000, 'It does not end.');
      if (turn % 20 === 19) opened.clock.advanceToNext();
      await new Promise(setImmediate);
    }
    assert.deepEqual([end.status, end.result.output], ['SUCCEEDED', '[{"a":1},{"a":1}]']);
    assert.equal(end.at - facts.startedAt, 1_000);
    const { journal } = opened.stepFunctions;
    assert.deepEqual([journal.lastExecution(), journal.find('fast', 'n')], [0, undefined]);
  });

  test('a history has no end that it could reach', async () => {
    const opened = await open();
    const sum = { 'n.$': 'States.MathAdd($.n, 1)' };
    opened.define({
      StartAt: 'Add',
      States: {
        Add: { Type: 'Pass', Parameters: sum, Next: 'Enough' },
        Enough: {
          Type: 'Choice',
          Choices: [{ Variable: '$.n', NumericLessThan: 7_000, Next: 'Add' }],
          Default: 'End',
        },
        End: { Type: 'Succeed' },
      },
    });
    const end = await begin(opened, { n: 0 }).ended;
    assert.deepEqual([end?.status, end?.result.output], ['SUCCEEDED', '{"n":7000}']);
  });

  test('closing the engine lets nobody wait', async () => {
    const opened = await open();
    opened.define({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } });
    const { ended } = begin(opened);
    await opened.stepFunctions.close();
    assert.equal(await ended, undefined);
    assert.throws(() => begin(opened), { type: 'ServiceUnavailable' });
  });

  test('numbers and ARNs are those of no other execution', async () => {
    const opened = await open();
    opened.define({ StartAt: 'S', States: { S: { Type: 'Succeed' } } });
    const facts = Array.from({ length: 50 }, () => begin(opened).facts);
    assert.equal(new Set(facts.map(({ id }) => id)).size, 50);
    assert.equal(new Set(facts.map(({ arn }) => arn)).size, 50);
    assert.ok(facts.every(({ id }) => Number.isSafeInteger(id) && id > 1_000_000_000));
  });
});

describe('Express executions, started by a state', () => {
  const nesting = (resource: string): object => ({
    StartAt: 'N',
    States: {
      N: {
        Type: 'Task',
        Resource: `arn:aws:states:::${resource}`,
        Parameters: {
          StateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:fast',
          Input: { a: 1 },
        },
        End: true,
      },
    },
  });

  async function nested(resource: string) {
    const work = new ScriptedFunction((event) => event);
    const opened = await open({ work });
    opened.define(invoke());
    const { stepFunctions } = opened;
    stepFunctions.putStateMachine({ name: 'outer', definition: JSON.stringify(nesting(resource)) });
    await stepFunctions.start({ machine: 'outer', name: 'n', input: '{}' });
    await stepFunctions.ended({ machine: 'outer', name: 'n' });
    const { describeExecution } = await import('../describe.ts');
    return { work, result: describeExecution(stepFunctions, { machine: 'outer', name: 'n' })?.result ?? {} };
  }

  test('are not waited for', async () => {
    const { work, result } = await nested('states:startExecution');
    const { ExecutionArn } = JSON.parse(result.output ?? '{}') as { ExecutionArn: string };
    assert.match(ExecutionArn, /:express:fast:[0-9a-f-]{36}:[0-9a-f-]{36}$/);
    assert.deepEqual(work.events, [{ a: 1 }]);
  });

  test('cannot be waited for', async () => {
    const { work, result } = await nested('states:startExecution.sync');
    assert.equal(result.error, 'StepFunctions.StateMachineTypeNotSupportedException');
    assert.match(result.cause ?? '', /^This operation is not supported by this type of state machine \(/);
    assert.equal(work.events.length, 0);
  });
});
