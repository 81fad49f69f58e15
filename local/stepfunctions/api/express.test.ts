import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { describe, test } from 'node:test';
import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  type SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  type StartSyncExecutionCommandInput,
  StopExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { MockedTasks } from '../mocks/mocked-tasks.ts';
import { checkMockConfig } from '../mocks/read-config.ts';
import { arn, passing, roleArn, serve, until } from '../testing/serve.ts';

const stateMachineArn = arn('stateMachine:fast');

const machine = (states: object): string =>
  JSON.stringify({ StartAt: Object.keys(states)[0], States: states });

const failing = machine({ F: { Type: 'Fail', Error: 'Sour', Cause: 'Milk' } });

const pausing = (rest: object = {}): string =>
  JSON.stringify({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 600, End: true } }, ...rest });

function create(client: SFNClient, definition: string, rest: { name?: string; publish?: boolean } = {}) {
  const asked = { name: 'fast', definition, roleArn, type: 'EXPRESS', ...rest } as const;
  return client.send(new CreateStateMachineCommand(asked));
}

const sync = (client: SFNClient, rest: Partial<StartSyncExecutionCommandInput> = {}) =>
  client.send(new StartSyncExecutionCommand({ stateMachineArn, ...rest }));

const refused = (name: string, message: string | RegExp) => (error: Error) => {
  assert.equal(error.name, name);
  if (typeof message === 'string') assert.equal(error.message, message);
  else assert.match(error.message, message);
  return true;
};

const unsupported = refused(
  'StateMachineTypeNotSupported',
  'This operation is not supported by this type of state machine',
);

describe('Express state machines, spoken to by the AWS SDK', () => {
  test('a synchronous execution answers its end', async (context) => {
    const { client } = await serve(context);
    await create(client, passing('done'));
    const answer = await sync(client, { name: 'one', input: '{"a":1}', traceHeader: 'Root=1-2' });
    const { $metadata: _, executionArn = '', ...rest } = answer;
    assert.match(executionArn, /^arn:aws:states:us-east-1:000000000000:express:fast:one:[0-9a-f-]{36}$/);
    const at = new Date('2026-01-01T00:00:00Z');
    assert.deepEqual(rest, {
      stateMachineArn,
      name: 'one',
      startDate: at,
      stopDate: at,
      status: 'SUCCEEDED',
      input: '{"a":1}',
      inputDetails: { included: true },
      output: '"done"',
      outputDetails: { included: true },
      traceHeader: 'Root=1-2',
      billingDetails: { billedDurationInMilliseconds: 100, billedMemoryUsedInMB: 64 },
    });
  });

  test('a name may be used again, and without one there is one', async (context) => {
    const { client } = await serve(context);
    await create(client, passing('done'));
    const [one, two] = [await sync(client, { name: 'n' }), await sync(client, { name: 'n' })];
    assert.notEqual(one.executionArn, two.executionArn);
    assert.match((await sync(client)).name ?? '', /^[0-9a-f-]{36}$/);
  });

  test('a failure is an answer, and data are told on demand', async (context) => {
    const { client } = await serve(context);
    await create(client, failing);
    const failed = await sync(client);
    assert.deepEqual(
      [failed.status, failed.error, failed.cause, failed.output],
      ['FAILED', 'Sour', 'Milk', undefined],
    );
    assert.deepEqual(failed.outputDetails, { included: true });
    const bare = await sync(client, { includedData: 'METADATA_ONLY' });
    assert.deepEqual(
      [bare.input, bare.inputDetails, bare.outputDetails],
      [undefined, { included: false }, { included: false }],
    );
  });

  test('none takes more than five minutes, or than its machine allows', async (context) => {
    const { client, clock } = await serve(context);
    await create(client, pausing());
    await create(client, pausing({ TimeoutSeconds: 7 }), { name: 'hasty' });
    const answers = [sync(client), sync(client, { stateMachineArn: arn('stateMachine:hasty') })];
    let open = answers.length;
    for (const answer of answers) void answer.finally(() => (open -= 1));
    await until(() => open === 0 || (clock.advanceToNext() && false));
    const [long, short] = await Promise.all(answers);
    for (const answer of [long, short]) {
      assert.deepEqual([answer?.status, answer?.error], ['TIMED_OUT', 'States.Timeout']);
    }
    assert.deepEqual(
      [long, short].map((one) => one?.billingDetails?.billedDurationInMilliseconds),
      [300_000, 7_000],
    );
  });

  test('an asynchronous execution is started, and nothing is told of it', async (context) => {
    const { client } = await serve(context);
    await create(client, passing('done'));
    const start = () => client.send(new StartExecutionCommand({ stateMachineArn, name: 'n', input: '{}' }));
    const { executionArn = '', startDate } = await start();
    assert.match(executionArn, /:express:fast:n:[0-9a-f-]{36}$/);
    assert.deepEqual(startDate, new Date('2026-01-01T00:00:00Z'));
    assert.notEqual((await start()).executionArn, executionArn);
    const invalid = refused('InvalidArn', "Invalid Arn: 'Resource type not valid in this context: express'");
    await assert.rejects(client.send(new DescribeExecutionCommand({ executionArn })), invalid);
    await assert.rejects(client.send(new GetExecutionHistoryCommand({ executionArn })), invalid);
    await assert.rejects(client.send(new StopExecutionCommand({ executionArn })), invalid);
    await assert.rejects(client.send(new DescribeStateMachineForExecutionCommand({ executionArn })), invalid);
    await assert.rejects(client.send(new ListExecutionsCommand({ stateMachineArn })), unsupported);
  });

  test('what is wrong with a start is said before anything begins', async (context) => {
    const { client } = await serve(context);
    await create(client, passing('done'));
    await client.send(new CreateStateMachineCommand({ name: 'slow', definition: passing('x'), roleArn }));
    await assert.rejects(sync(client, { stateMachineArn: arn('stateMachine:slow') }), unsupported);
    const missing = arn('stateMachine:missing');
    await assert.rejects(
      sync(client, { stateMachineArn: missing }),
      refused('StateMachineDoesNotExist', `State Machine Does Not Exist: '${missing}'`),
    );
    await assert.rejects(
      sync(client, { stateMachineArn: arn('execution:x:y') }),
      refused('InvalidArn', /execution/),
    );
    await assert.rejects(sync(client, { name: 'a b' }), refused('InvalidName', "Invalid Name: 'a b'"));
    await assert.rejects(
      sync(client, { input: '{' }),
      refused('InvalidExecutionInput', /^Invalid State Machine Execution Input: '/),
    );
    await assert.rejects(
      sync(client, { input: `"${'x'.repeat(300_000)}"` }),
      refused('ValidationException', /'input' failed to satisfy constraint/),
    );
  });

  test('the type stays, and with it what a definition may not do', async (context) => {
    const { client } = await serve(context);
    await create(client, passing('a'));
    const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    assert.equal(described.type, 'EXPRESS');
    const definition = machine({
      T: { Type: 'Task', Resource: 'arn:aws:states:::ecs:runTask.sync', Parameters: {}, End: true },
    });
    const invalid = refused(
      'InvalidDefinition',
      /Express state machine does not support '.sync' service integration at \/States\/T\/Resource/,
    );
    await assert.rejects(
      client.send(new UpdateStateMachineCommand({ stateMachineArn, definition })),
      invalid,
    );
    await assert.rejects(create(client, definition, { name: 'other' }), invalid);
    await assert.rejects(
      client.send(new CreateStateMachineCommand({ name: 'fast', definition: passing('a'), roleArn })),
      refused('StateMachineAlreadyExists', /./),
    );
  });

  test('versions and aliases are started by their ARNs', async (context) => {
    const { client } = await serve(context);
    await create(client, passing('old'), { publish: true });
    await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: passing('new') }));
    const routingConfiguration = [{ stateMachineVersionArn: `${stateMachineArn}:1`, weight: 100 }];
    await client.send(new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration }));
    const output = async (asked: string) => (await sync(client, { stateMachineArn: asked })).output;
    assert.deepEqual(
      [
        await output(stateMachineArn),
        await output(`${stateMachineArn}:1`),
        await output(`${stateMachineArn}:live`),
      ],
      ['"new"', '"old"', '"old"'],
    );
  });

  test('mocks answer its tasks, each execution from the first answer on', async (context) => {
    const mocks = new MockedTasks(
      checkMockConfig(
        {
          StateMachines: { fast: { TestCases: { Case: { T: 'Answer' } } } },
          MockedResponses: { Answer: { '0': { Return: { Payload: 'mocked' } } } },
        },
        'test',
      ),
    );
    const { client } = await serve(context, { mocks });
    const task = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'f' },
    };
    await create(client, machine({ T: { ...task, End: true } }));
    for (let time = 0; time < 2; time += 1) {
      const { output } = await sync(client, { stateMachineArn: `${stateMachineArn}#Case` });
      assert.equal(output, '{"Payload":"mocked"}');
    }
  });

  test('the context object names the execution, and no redrives', async (context) => {
    const { client } = await serve(context);
    await create(
      client,
      machine({ P: { Type: 'Pass', Parameters: { 'about.$': '$$.Execution' }, End: true } }),
    );
    const { output = '', executionArn } = await sync(client, { name: 'n', input: '{"a":1}' });
    assert.deepEqual(JSON.parse(output), {
      about: {
        Id: executionArn,
        Input: { a: 1 },
        StartTime: '2026-01-01T00:00:00.000Z',
        Name: 'n',
        RoleArn: roleArn,
      },
    });
  });

  test('requests with the host prefix of the SDK are taken as well', async (context) => {
    const { client, url } = await serve(context);
    await create(client, passing('done'));
    const headers = {
      Host: `sync-${new URL(url).host}`,
      'X-Amz-Target': 'AWSStepFunctions.StartSyncExecution',
    };
    const sent = request(url, { method: 'POST', headers });
    sent.end(JSON.stringify({ stateMachineArn }));
    const [response] = await once(sent, 'response');
    assert.equal(response.statusCode, 200);
    response.resume();
  });

  test('a machine is gone once nothing of it runs', async (context) => {
    const { client, clock } = await serve(context);
    await create(client, pausing());
    const running = sync(client);
    await client.send(new StartExecutionCommand({ stateMachineArn }));
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    const { status } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    assert.equal(status, 'DELETING');
    await assert.rejects(sync(client), refused('StateMachineDeleting', /./));
    clock.advance(300_000);
    assert.equal((await running).status, 'TIMED_OUT');
    await assert.rejects(sync(client), refused('StateMachineDoesNotExist', /./));
  });

  test('no more of them run at once than may', async (context) => {
    const { client } = await serve(context, { maxRunning: 1 });
    await create(client, pausing());
    await client.send(new StartExecutionCommand({ stateMachineArn }));
    await assert.rejects(sync(client), refused('ExecutionLimitExceeded', /\(1\)/));
  });
});
