import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  UpdateMapRunCommand,
} from '@aws-sdk/client-sfn';
import { arn, roleArn, serve } from '../testing/serve.ts';

const definition = JSON.stringify({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      Label: 'each',
      MaxConcurrency: 2,
      ToleratedFailureCount: 1,
      ItemBatcher: { MaxItemsPerBatch: 2 },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Ask',
        States: {
          Ask: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
            Parameters: { FunctionName: 'keeper', Payload: { 'token.$': '$$.Task.Token' } },
            End: true,
          },
        },
      },
      End: true,
    },
  },
});

async function start(client: SFNClient): Promise<string> {
  await client.send(new CreateStateMachineCommand({ name: 'm', definition, roleArn }));
  const input = { stateMachineArn: arn('stateMachine:m'), name: 'e', input: '[1,2,3,4,5]' };
  return (await client.send(new StartExecutionCommand(input))).executionArn ?? '';
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise(setImmediate);
};
const refused = (name: string) => (error: Error) => error.name === name;

describe('map runs on the wire', () => {
  test('are listed and described, and their children like any execution', async (context) => {
    const { client, tokens } = await serve(context);
    const executionArn = await start(client);
    await until(() => tokens.length === 2);
    const { mapRuns: [run] = [] } = await client.send(new ListMapRunsCommand({ executionArn }));
    assert.match(run?.mapRunArn ?? '', /^arn:aws:states:us-east-1:0{12}:mapRun:m\/each:[\da-f-]{36}$/);
    assert.deepEqual(
      [run?.executionArn, run?.stateMachineArn, run?.stopDate],
      [executionArn, arn('stateMachine:m/each'), undefined],
    );
    const { mapRunArn = '' } = run ?? {};
    const described = await client.send(new DescribeMapRunCommand({ mapRunArn }));
    assert.deepEqual(
      [described.status, described.maxConcurrency, described.toleratedFailureCount],
      ['RUNNING', 2, 1],
    );
    assert.deepEqual([described.executionCounts?.total, described.itemCounts?.total], [3, 5]);
    assert.deepEqual([described.executionCounts?.running, described.itemCounts?.running], [2, 4]);
    assert.deepEqual([described.executionCounts?.pending, described.itemCounts?.pending], [1, 1]);

    const { executions = [] } = await client.send(new ListExecutionsCommand({ mapRunArn }));
    assert.deepEqual(
      executions.map((child) => [child.itemCount, child.mapRunArn, child.status]),
      [
        [2, mapRunArn, 'RUNNING'],
        [2, mapRunArn, 'RUNNING'],
      ],
    );
    const child = await client.send(
      new DescribeExecutionCommand({ executionArn: executions[0]?.executionArn }),
    );
    assert.deepEqual([child.mapRunArn, child.input], [mapRunArn, '{"Items":[3,4]}']);
    const { events } = await client.send(
      new GetExecutionHistoryCommand({ executionArn: executions[0]?.executionArn }),
    );
    assert.equal(events?.[1]?.type, 'TaskStateEntered');
    const machine = await client.send(
      new DescribeStateMachineForExecutionCommand({ executionArn: executions[0]?.executionArn }),
    );
    assert.deepEqual([machine.mapRunArn, machine.label, machine.name], [mapRunArn, 'each', 'm/each']);
    const own = await client.send(new ListExecutionsCommand({ stateMachineArn: arn('stateMachine:m') }));
    assert.equal(own.executions?.length, 1, 'children are not among the executions of the machine');
  });

  test('other limits hold at once', async (context) => {
    const { client, tokens } = await serve(context);
    const executionArn = await start(client);
    await until(() => tokens.length === 2);
    const { mapRuns: [run] = [] } = await client.send(new ListMapRunsCommand({ executionArn }));
    const { mapRunArn } = run ?? {};
    await client.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 3, toleratedFailureCount: 4 }));
    await until(() => tokens.length === 3);
    const [failing, ...others] = tokens;
    await client.send(new SendTaskFailureCommand({ taskToken: failing, error: 'Bad' }));
    for (const taskToken of others) {
      await client.send(new SendTaskSuccessCommand({ taskToken, output: '1' }));
    }
    let status: string | undefined = 'RUNNING';
    while (status === 'RUNNING') {
      ({ status } = await client.send(new DescribeExecutionCommand({ executionArn })));
    }
    const ended = await client.send(new DescribeMapRunCommand({ mapRunArn }));
    assert.deepEqual([status, ended.status], ['SUCCEEDED', 'SUCCEEDED']);
    assert.deepEqual([ended.itemCounts?.failed, ended.itemCounts?.succeeded], [2, 3]);
    assert.ok(ended.stopDate);
    await assert.rejects(
      client.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 1 })),
      refused('ValidationException'),
    );
  });

  test('what there is none of is told by AWS’s errors', async (context) => {
    const { client } = await serve(context);
    const describeRun = (mapRunArn: string) => client.send(new DescribeMapRunCommand({ mapRunArn }));
    await assert.rejects(describeRun(arn('mapRun:m/each:none')), refused('ResourceNotFound'));
    await assert.rejects(describeRun(arn('stateMachine:m')), refused('InvalidArn'));
    await assert.rejects(
      client.send(new ListExecutionsCommand({ mapRunArn: arn('mapRun:m/each:none') })),
      refused('ResourceNotFound'),
    );
    const executionArn = arn('execution:m:none');
    await assert.rejects(
      client.send(new ListMapRunsCommand({ executionArn })),
      refused('ExecutionDoesNotExist'),
    );
    const mapRunArn = arn('mapRun:m/each:none');
    await assert.rejects(
      client.send(new UpdateMapRunCommand({ mapRunArn, toleratedFailurePercentage: 101 })),
      refused('ValidationException'),
    );
  });
});
