import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  paginateListExecutions,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { roleArn, serve, until, waiting } from '../testing/serve.ts';

const pass = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });

async function create(client: SFNClient, definition: string, name = 'machine'): Promise<string> {
  const created = await client.send(new CreateStateMachineCommand({ name, definition, roleArn }));
  return created.stateMachineArn ?? '';
}

const refused = (name: string) => (error: Error) => error.name === name;

describe('the wire API, spoken to by the AWS SDK', () => {
  test('state machines are created, described and listed', async (context) => {
    const { client } = await serve(context);
    const stateMachineArn = await create(client, pass, 'first');
    assert.equal(stateMachineArn, 'arn:aws:states:us-east-1:000000000000:stateMachine:first');
    assert.equal(await create(client, pass, 'first'), stateMachineArn);
    await assert.rejects(create(client, waiting, 'first'), refused('StateMachineAlreadyExists'));
    await create(client, waiting, 'second');
    const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    assert.deepEqual(
      [described.name, described.status, described.type, described.definition, described.roleArn],
      ['first', 'ACTIVE', 'STANDARD', pass, roleArn],
    );
    const firstPage = await client.send(new ListStateMachinesCommand({ maxResults: 1 }));
    const { nextToken } = firstPage;
    const secondPage = await client.send(new ListStateMachinesCommand({ nextToken }));
    const names = [firstPage, secondPage].map((page) => page.stateMachines?.map((machine) => machine.name));
    assert.deepEqual(names, [['first'], ['second']]);
    assert.equal(secondPage.nextToken, undefined);
  });

  test('an execution is started, described and told event by event', async (context) => {
    const { client } = await serve(context);
    const stateMachineArn = await create(client, pass);
    const start = new StartExecutionCommand({ stateMachineArn, name: 'one', input: '{"a":1}' });
    const { executionArn, startDate } = await client.send(start);
    assert.equal(executionArn, 'arn:aws:states:us-east-1:000000000000:execution:machine:one');
    assert.deepEqual(startDate, new Date('2026-01-01T00:00:00Z'));
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    assert.deepEqual(
      [described.status, described.input, described.output, described.stateMachineArn, described.stopDate],
      ['SUCCEEDED', '{"a":1}', '{"a":1}', stateMachineArn, startDate],
    );
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    assert.deepEqual(
      events?.map(({ id, previousEventId, type }) => [id, previousEventId, type]),
      [
        [1, 0, 'ExecutionStarted'],
        [2, 0, 'PassStateEntered'],
        [3, 2, 'PassStateExited'],
        [4, 3, 'ExecutionSucceeded'],
      ],
    );
    assert.deepEqual(events?.[1]?.stateEnteredEventDetails, {
      name: 'P',
      input: '{"a":1}',
      inputDetails: { truncated: false },
    });
  });

  test('a history is read in pages, in either order, with or without data', async (context) => {
    const { client } = await serve(context);
    const stateMachineArn = await create(client, pass);
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    const read = async (reverseOrder: boolean): Promise<HistoryEvent[]> => {
      const events: HistoryEvent[] = [];
      const input = { executionArn, reverseOrder, maxResults: 3, includeExecutionData: false };
      for await (const page of paginateGetExecutionHistory({ client }, input))
        events.push(...(page.events ?? []));
      return events;
    };
    const forward = await read(false);
    assert.deepEqual(
      forward.map((event) => event.id),
      [1, 2, 3, 4],
    );
    assert.deepEqual(
      (await read(true)).map((event) => event.id),
      [4, 3, 2, 1],
    );
    assert.equal(forward[1]?.stateEnteredEventDetails?.input, undefined);
  });

  test('executions are listed newest first, in pages, by status', async (context) => {
    const { client } = await serve(context);
    const stateMachineArn = await create(client, waiting);
    for (const name of ['a', 'b', 'c'])
      await client.send(new StartExecutionCommand({ stateMachineArn, name }));
    const stopped = 'arn:aws:states:us-east-1:000000000000:execution:machine:b';
    await client.send(new StopExecutionCommand({ executionArn: stopped, error: 'E', cause: 'C' }));
    const names: string[][] = [];
    for await (const page of paginateListExecutions({ client, pageSize: 2 }, { stateMachineArn })) {
      names.push(page.executions?.map((execution) => execution.name ?? '') ?? []);
    }
    assert.deepEqual(names, [['c', 'b'], ['a']]);
    const list = async (statusFilter: 'RUNNING' | 'ABORTED') => {
      const page = await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter }));
      return page.executions?.map((execution) => execution.name);
    };
    assert.deepEqual(await list('RUNNING'), ['c', 'a']);
    assert.deepEqual(await list('ABORTED'), ['b']);
    const described = await client.send(new DescribeExecutionCommand({ executionArn: stopped }));
    assert.deepEqual([described.status, described.error, described.cause], ['ABORTED', 'E', 'C']);
  });

  test('a name is idempotent with its input while it runs, and refused afterwards', async (context) => {
    const { client, tokens } = await serve(context);
    const stateMachineArn = await create(client, waiting);
    const start = (input: string) =>
      client.send(new StartExecutionCommand({ stateMachineArn, name: 'one', input }));
    const first = await start('{"a":1}');
    const again = await start('{"a":1}');
    assert.deepEqual([again.executionArn, again.startDate], [first.executionArn, first.startDate]);
    await assert.rejects(start('{"a":2}'), refused('ExecutionAlreadyExists'));
    await until(() => tokens.length === 1);
    await client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '{}' }));
    await assert.rejects(start('{"a":1}'), refused('ExecutionAlreadyExists'));
  });

  test('task tokens are answered, kept alive and refused when nobody waits', async (context) => {
    const { client, clock, tokens } = await serve(context);
    const stateMachineArn = await create(client, waiting);
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    await until(() => tokens.length === 1);
    const taskToken = tokens[0];
    for (let minute = 0; minute < 5; minute += 1) {
      clock.advance(59_000);
      await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    }
    await client.send(new SendTaskFailureCommand({ taskToken, error: 'Own.Error', cause: 'It was mine.' }));
    const { status, error, cause } = await client.send(new DescribeExecutionCommand({ executionArn }));
    assert.deepEqual([status, error, cause], ['FAILED', 'Own.Error', 'It was mine.']);
    const late = client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
    await assert.rejects(late, refused('TaskTimedOut'));
    const wrong = client.send(new SendTaskHeartbeatCommand({ taskToken: 'not a token' }));
    await assert.rejects(wrong, refused('InvalidToken'));
    const broken = client.send(new SendTaskSuccessCommand({ taskToken, output: '{' }));
    await assert.rejects(broken, refused('InvalidOutput'));
  });

  test('what cannot be done is refused under the names of AWS', async (context) => {
    const { client } = await serve(context);
    const stateMachineArn = await create(client, pass);
    const start = (input: { stateMachineArn: string; name?: string; input?: string }) =>
      client.send(new StartExecutionCommand(input));
    await assert.rejects(start({ stateMachineArn: 'arn:nonsense' }), refused('InvalidArn'));
    await assert.rejects(
      start({ stateMachineArn: `${stateMachineArn}x` }),
      refused('StateMachineDoesNotExist'),
    );
    await assert.rejects(start({ stateMachineArn, name: 'a b' }), refused('InvalidName'));
    await assert.rejects(start({ stateMachineArn, input: '{' }), refused('InvalidExecutionInput'));
    const tooLong = JSON.stringify('x'.repeat(262_144));
    await assert.rejects(start({ stateMachineArn, input: tooLong }), refused('ValidationException'));
    const executionArn = 'arn:aws:states:us-east-1:000000000000:execution:machine:none';
    const unknown = client.send(new DescribeExecutionCommand({ executionArn }));
    await assert.rejects(unknown, refused('ExecutionDoesNotExist'));
    await assert.rejects(create(client, '{"StartAt":"A"}', 'bad'), {
      name: 'InvalidDefinition',
      message:
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'",
    });
    const nextToken = 'nonsense';
    const page = client.send(new ListExecutionsCommand({ stateMachineArn, nextToken }));
    await assert.rejects(page, refused('InvalidToken'));
  });
});
