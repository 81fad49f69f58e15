import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  CreateStateMachineCommand,
  type CreateStateMachineInput,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { createMemoryJournal } from '../journal/memory.ts';
import { arn, passing, roleArn, serve, waiting } from '../testing/serve.ts';

const create = (client: SFNClient, asked: Partial<CreateStateMachineInput> = {}) =>
  client.send(new CreateStateMachineCommand({ name: 'm', definition: passing('one'), roleArn, ...asked }));

const stateMachineArn = arn('stateMachine:m');

describe('state machines on the wire', () => {
  test('creating is idempotent by definition, type, logging and tracing', async (context) => {
    const { client, clock } = await serve(context);
    const first = await create(client);
    clock.advance(1_000);
    const again = await create(client, { roleArn: 'another', tags: [{ key: 'k', value: 'v' }] });
    assert.deepEqual([again.stateMachineArn, again.creationDate], [stateMachineArn, first.creationDate]);
    const taken = {
      name: 'StateMachineAlreadyExists',
      message: `State Machine Already Exists: '${stateMachineArn}'`,
    };
    await assert.rejects(create(client, { definition: `${passing('one')} ` }), taken);
    await assert.rejects(create(client, { type: 'EXPRESS' }), taken);
    await assert.rejects(create(client, { tracingConfiguration: { enabled: true } }), taken);
    await create(client, { loggingConfiguration: { level: 'OFF' } });
  });

  test('what is asked of logging, tracing and encryption is shown', async (context) => {
    const { client } = await serve(context);
    const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn: 'arn:aws:logs:group:*' } }];
    const loggingConfiguration = { level: 'ALL', includeExecutionData: true, destinations } as const;
    await create(client, {
      type: 'EXPRESS',
      loggingConfiguration,
      tracingConfiguration: { enabled: true },
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    });
    const shown = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    assert.deepEqual([shown.type, shown.loggingConfiguration], ['EXPRESS', loggingConfiguration]);
    assert.deepEqual(shown.tracingConfiguration, { enabled: true });
    assert.deepEqual(shown.encryptionConfiguration, { type: 'AWS_OWNED_KEY' });
    const metadata = await client.send(
      new DescribeStateMachineCommand({ stateMachineArn, includedData: 'METADATA_ONLY' }),
    );
    assert.equal(metadata.definition, '{}');
    await assert.rejects(create(client, { name: 'l', loggingConfiguration: { level: 'ALL' } }), {
      name: 'InvalidLoggingConfiguration',
      message: 'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    });
    const own = { type: 'CUSTOMER_MANAGED_KMS_KEY' } as const;
    await assert.rejects(create(client, { name: 'e', encryptionConfiguration: own }), {
      name: 'InvalidEncryptionConfiguration',
    });
  });

  test('an update gives a new revision, unless nothing changes', async (context) => {
    const { client, clock } = await serve(context);
    await create(client);
    const revisionOf = async () =>
      (await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).revisionId;
    assert.equal(await revisionOf(), undefined);
    clock.advance(5_000);
    const update = (change: object) =>
      client.send(new UpdateStateMachineCommand({ stateMachineArn, ...change }));
    const second = await update({ definition: passing('two') });
    assert.match(second.revisionId ?? '', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    assert.equal(second.updateDate?.getTime(), clock.now());
    assert.equal((await update({ definition: passing('two') })).revisionId, second.revisionId);
    const third = await update({ loggingConfiguration: { includeExecutionData: true } });
    assert.notEqual(third.revisionId, second.revisionId);
    assert.equal(await revisionOf(), third.revisionId);
    await assert.rejects(update({}), {
      name: 'MissingRequiredParameter',
      message:
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    });
    await assert.rejects(update({ definition: '{}' }), { name: 'InvalidDefinition' });
    await assert.rejects(update({ roleArn, versionDescription: 'v' }), {
      message: 'Version description can only be set when publish is true',
    });
  });

  test('an execution keeps the revision that it was started with', async (context) => {
    const { client } = await serve(context);
    await create(client, { definition: waiting });
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: passing('two') }));
    const followed = await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    assert.deepEqual(
      [followed.definition, followed.name, followed.stateMachineArn],
      [waiting, 'm', stateMachineArn],
    );
    const later = await client.send(new StartExecutionCommand({ stateMachineArn }));
    const { output } = await client.send(new DescribeExecutionCommand({ executionArn: later.executionArn }));
    assert.equal(output, '"two"');
  });

  test('they are listed by name, page by page', async (context) => {
    const { client } = await serve(context);
    for (const name of ['c', 'a', 'd', 'b']) await create(client, { name });
    const names: (string | undefined)[][] = [];
    for (let nextToken: string | undefined, done = false; !done; done = nextToken === undefined) {
      const page = await client.send(new ListStateMachinesCommand({ maxResults: 3, nextToken }));
      names.push(page.stateMachines?.map(({ name }) => name) ?? []);
      nextToken = page.nextToken;
      await client.send(new DeleteStateMachineCommand({ stateMachineArn: arn('stateMachine:c') }));
    }
    assert.deepEqual(names, [['a', 'b', 'c'], ['d']]);
  });

  test('one that is deleted is gone with its executions, and its name is free', async (context) => {
    const { client } = await serve(context);
    await create(client);
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, name: 'e' }));
    const remove = () => client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await remove();
    await remove();
    const gone = {
      name: 'StateMachineDoesNotExist',
      message: `State Machine Does Not Exist: '${stateMachineArn}'`,
    };
    await assert.rejects(client.send(new DescribeStateMachineCommand({ stateMachineArn })), gone);
    await assert.rejects(client.send(new StartExecutionCommand({ stateMachineArn })), gone);
    await assert.rejects(client.send(new DescribeExecutionCommand({ executionArn })), {
      name: 'ExecutionDoesNotExist',
    });
    await create(client, { definition: passing('new') });
    const started = await client.send(new StartExecutionCommand({ stateMachineArn, name: 'e' }));
    assert.equal(started.executionArn, executionArn);
  });

  test('one whose executions run is on its way out until the last has ended', async (context) => {
    const journal = createMemoryJournal();
    const { client, stepFunctions } = await serve(context, { journal });
    await create(client, { definition: waiting });
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    const { status } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    assert.equal(status, 'DELETING');
    const listed = await client.send(new ListExecutionsCommand({ stateMachineArn }));
    assert.equal(listed.executions?.[0]?.status, 'RUNNING');
    const deleting = { name: 'StateMachineDeleting' };
    await assert.rejects(client.send(new StartExecutionCommand({ stateMachineArn })), deleting);
    await assert.rejects(create(client), deleting);
    await assert.rejects(client.send(new UpdateStateMachineCommand({ stateMachineArn, roleArn })), deleting);
    await client.send(new StopExecutionCommand({ executionArn }));
    while (stepFunctions.machines.get('m') !== undefined) await new Promise(setImmediate);
    assert.deepEqual([journal.revisions(), journal.catalogue.all('machine')], [[], []]);
    await create(client);
  });

  test('Express workflows are refused what they cannot do, and some actions', async (context) => {
    const { client } = await serve(context);
    await assert.rejects(create(client, { type: 'EXPRESS', definition: waiting }), {
      name: 'InvalidDefinition',
      message: /Express state machine does not support '\.waitForTaskToken' service integration/,
    });
    await create(client, { type: 'EXPRESS' });
    await assert.rejects(client.send(new ListExecutionsCommand({ stateMachineArn })), {
      name: 'StateMachineTypeNotSupported',
      message: 'This operation is not supported by this type of state machine',
    });
  });

  test('no more executions run at once than may', async (context) => {
    const { client } = await serve(context, { maxRunning: 1 });
    await create(client, { definition: waiting });
    await client.send(new StartExecutionCommand({ stateMachineArn }));
    await assert.rejects(client.send(new StartExecutionCommand({ stateMachineArn })), {
      name: 'ExecutionLimitExceeded',
    });
  });
});
