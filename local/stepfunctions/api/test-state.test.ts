import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { SFNClient, TestStateCommand, type TestStateCommandInput } from '@aws-sdk/client-sfn';
import { SeededIds } from '../../../shared/memory/seeded-ids.ts';
import { VirtualClock } from '../../../shared/memory/virtual-clock.ts';
import { StepFunctions } from '../engine.ts';
import { createMemoryJournal } from '../journal/memory.ts';
import { FunctionError, ScriptedFunction } from '../testing/scripted.ts';
import { createApiHandler } from './handler.ts';
import { listen } from './listen.ts';

const invoke = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'adds', 'Payload.$': '$.numbers' },
  ResultSelector: { 'sum.$': '$.Payload' },
  ResultPath: '$.answer',
  Next: 'Elsewhere',
};
const numbers = JSON.stringify({ numbers: [1, 2] });
const roleArn = 'arn:aws:iam::000000000000:role/test';

type Asked = Partial<Omit<TestStateCommandInput, 'definition'>>;

/** Tests a state of a service that knows the function `adds`; JSON texts in the answer are parsed. */
async function ask(context: TestContext, definition: object, asked: Asked): Promise<Record<string, unknown>> {
  const clock = new VirtualClock();
  const stepFunctions = new StepFunctions({
    journal: createMemoryJournal(),
    clock,
    ids: new SeededIds(1, clock),
  });
  const adds = new ScriptedFunction((event) => {
    if (!Array.isArray(event)) throw new FunctionError('NotAList', 'Only lists are added.');
    return (event as number[]).reduce((sum, number) => sum + number, 0);
  });
  await stepFunctions.open({ adds });
  const server = await listen(createApiHandler(stepFunctions));
  context.after(async () => {
    await server.close();
    await stepFunctions.close();
  });
  const client = new SFNClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    disableHostPrefix: true,
  });
  const { $metadata: _, ...answer } = await client.send(
    new TestStateCommand({ definition: JSON.stringify(definition), ...asked }),
  );
  return JSON.parse(JSON.stringify(answer), (_key, value) => {
    try {
      return typeof value === 'string' ? JSON.parse(value) : value;
    } catch {
      return value;
    }
  });
}

describe('TestState', () => {
  test('really does a task, and shows what became of its data', async (context) => {
    const answer = await ask(context, invoke, { input: numbers, roleArn, inspectionLevel: 'DEBUG' });
    const { result, ...inspectionData } = answer['inspectionData'] as Record<string, unknown>;
    assert.equal((result as { Payload: number }).Payload, 3);
    assert.deepEqual(
      { ...answer, inspectionData },
      {
        status: 'SUCCEEDED',
        output: { numbers: [1, 2], answer: { sum: 3 } },
        nextState: 'Elsewhere',
        inspectionData: {
          input: { numbers: [1, 2] },
          afterInputPath: { numbers: [1, 2] },
          afterParameters: { FunctionName: 'adds', Payload: [1, 2] },
          afterResultSelector: { sum: 3 },
          afterResultPath: { numbers: [1, 2], answer: { sum: 3 } },
        },
      },
    );
  });

  test('tells a failure, a retry with its pause, and where a Catch leads', async (context) => {
    const input = JSON.stringify({ numbers: 1 });
    const failed = await ask(context, invoke, { input, roleArn });
    assert.deepEqual([failed['status'], failed['error']], ['FAILED', 'NotAList']);
    const held = {
      ...invoke,
      Retry: [
        { ErrorEquals: ['Other'] },
        { ErrorEquals: ['Mocked'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3 },
      ],
      Catch: [{ ErrorEquals: ['Mocked'], ResultPath: '$.why', Next: 'Mend' }],
    };
    const mock = { errorOutput: { error: 'Mocked', cause: 'because' } };
    const asked = { input, mock, inspectionLevel: 'TRACE' } as const;
    const retried = await ask(context, held, { ...asked, stateConfiguration: { retrierRetryCount: 2 } });
    assert.equal(retried['status'], 'RETRIABLE');
    assert.deepEqual((retried['inspectionData'] as Record<string, unknown>)['errorDetails'], {
      retryIndex: 1,
      retryBackoffIntervalSeconds: 18,
    });
    const caught = await ask(context, held, { ...asked, stateConfiguration: { retrierRetryCount: 3 } });
    assert.deepEqual([caught['status'], caught['nextState']], ['CAUGHT_ERROR', 'Mend']);
    assert.deepEqual(caught['output'], { numbers: 1, why: { Error: 'Mocked', Cause: 'because' } });
  });

  test('takes variables and a context, and shows the variables afterwards', async (context) => {
    const definition = {
      Type: 'Pass',
      Parameters: { 'a.$': '$given' },
      Assign: { 'seen.$': '$.a' },
      End: true,
    };
    const answer = await ask(context, definition, {
      input: '{"a":2}',
      variables: '{"given":1}',
      inspectionLevel: 'DEBUG',
    });
    assert.deepEqual(answer['output'], { a: 1 });
    const { variables } = answer['inspectionData'] as Record<string, unknown>;
    assert.deepEqual(variables, { given: 1, seen: 1 });
    const named = { ...invoke, ResultSelector: { 'me.$': '$$.State.Name' } };
    const inContext = await ask(context, named, {
      input: numbers,
      context: '{"State":{"Name":"Mine"}}',
      mock: { result: '{}' },
    });
    assert.deepEqual((inContext['output'] as { answer: unknown }).answer, { me: 'Mine' });
  });

  test('finds a state by its name, and waits for nobody', async (context) => {
    const machine = {
      StartAt: 'Wait',
      States: {
        Wait: { Type: 'Wait', Seconds: 86_400, Next: 'Both' },
        Both: {
          Type: 'Parallel',
          Branches: [{ StartAt: 'Inner', States: { Inner: { Type: 'Pass', Result: 1, End: true } } }],
          End: true,
        },
      },
    };
    const waited = await ask(context, machine, { stateName: 'Wait', input: '1' });
    assert.deepEqual(waited, { status: 'SUCCEEDED', output: 1, nextState: 'Both' });
    const inner = await ask(context, machine, { stateName: 'Inner' });
    assert.deepEqual(inner, { status: 'SUCCEEDED', output: 1 });
    const both = await ask(context, machine, { stateName: 'Both', mock: { result: '[5]' } });
    assert.deepEqual(both, { status: 'SUCCEEDED', output: [5] });
    await assert.rejects(ask(context, machine, { stateName: 'None' }), {
      name: 'ValidationException',
      message: 'State not found in definition',
    });
  });

  test('tells what a distributed Map would give to its child executions', async (context) => {
    const processor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'One',
      States: { One: { Type: 'Pass', End: true } },
    };
    const map = {
      Type: 'Map',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON', ItemsPointer: '/orders' },
        Parameters: { Bucket: 'b', Key: 'k' },
      },
      ItemSelector: { 'order.$': '$$.Map.Item.Value', 'all.$': '$.all' },
      ItemBatcher: { MaxItemsPerBatch: 2 },
      ItemProcessor: processor,
      MaxConcurrency: 5,
      ToleratedFailurePercentage: 40,
      End: true,
    };
    const asked = {
      input: '{"all":1}',
      inspectionLevel: 'DEBUG',
      mock: { result: '[1,2,3]' },
      stateConfiguration: { mapItemReaderData: '{"orders":[7,8,9]}', mapIterationFailureCount: 1 },
    } as const;
    const told = await ask(context, map, asked);
    assert.deepEqual([told['status'], told['output']], ['SUCCEEDED', [1, 2, 3]]);
    const [one, two, three] = [7, 8, 9].map((order) => ({ order, all: 1 }));
    assert.deepEqual(told['inspectionData'], {
      input: { all: 1 },
      afterInputPath: { all: 1 },
      afterItemsPointer: [7, 8, 9],
      afterItemSelector: [one, two, three],
      afterItemBatcher: [{ Items: [one, two] }, { Items: [three] }],
      afterResultSelector: [1, 2, 3],
      afterResultPath: [1, 2, 3],
      maxConcurrency: 5,
      toleratedFailurePercentage: 40,
    });
    const failing = { ...asked.stateConfiguration, mapIterationFailureCount: 2 };
    const exceeded = await ask(context, map, { ...asked, stateConfiguration: failing });
    assert.deepEqual(
      [exceeded['status'], exceeded['error']],
      ['FAILED', 'States.ExceedToleratedFailureThreshold'],
    );
    const broken = { ...asked.stateConfiguration, mapItemReaderData: '{' };
    const unread = await ask(context, map, { ...asked, stateConfiguration: broken });
    assert.deepEqual([unread['status'], unread['error']], ['FAILED', 'States.ItemReaderFailed']);
  });

  test('answers bad input with what is wrong', async (context) => {
    const refused = async (definition: object, asked: Asked) =>
      assert.rejects(ask(context, definition, asked), (error: Error) => {
        told.push(`${error.name}: ${error.message}`);
        return true;
      });
    const told: string[] = [];
    await refused({ Type: 'Pass' }, {});
    await refused([], {});
    await refused({ Type: 'Pass', End: true }, { input: '{' });
    await refused({ Type: 'Pass', End: true }, { variables: '[]' });
    await refused(invoke, { mock: { result: '{' } });
    await refused(invoke, { mock: { result: '{}' }, context: '{"A":1}' });
    assert.deepEqual(told, [
      "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: One of the fields [Next, End] is required at /States/StateName'",
      "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at null'",
      "InvalidExecutionInput: Invalid State Machine Execution Input: '{'",
      'ValidationException: Variables must be a valid JSON object',
      'ValidationException: Mocked result must be valid JSON',
      "ValidationException: Invalid Context object provided: Field 'A' is not allowed",
    ]);
  });
});
