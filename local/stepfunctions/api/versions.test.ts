import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DeleteStateMachineAliasCommand,
  DeleteStateMachineCommand,
  DeleteStateMachineVersionCommand,
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachineAliasesCommand,
  ListStateMachineVersionsCommand,
  PublishStateMachineVersionCommand,
  StartExecutionCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { createMemoryJournal } from '../journal/memory.ts';
import { arn, passing, roleArn, serve } from '../testing/serve.ts';

const stateMachineArn = arn('stateMachine:m');
const version = (number: number): string => `${stateMachineArn}:${number}`;
const route = (number: number, weight: number) => ({ stateMachineVersionArn: version(number), weight });
const message = (text: string) => (error: Error) => error.message === text;

/** A machine with two versions: `one` and `two`. */
async function published(context: TestContext, journal = createMemoryJournal()) {
  const service = await serve(context, { journal });
  const { client } = service;
  const created = await client.send(
    new CreateStateMachineCommand({ name: 'm', definition: passing('one'), roleArn, publish: true }),
  );
  assert.equal(created.stateMachineVersionArn, version(1));
  const updated = await client.send(
    new UpdateStateMachineCommand({
      stateMachineArn,
      definition: passing('two'),
      publish: true,
      versionDescription: 'second',
    }),
  );
  assert.equal(updated.stateMachineVersionArn, version(2));
  const alias = (name: string, routingConfiguration: ReturnType<typeof route>[], description?: string) =>
    client.send(new CreateStateMachineAliasCommand({ name, routingConfiguration, description }));
  const outputOf = async (by: string, name?: string) => {
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: by, name }));
    return client.send(new DescribeExecutionCommand({ executionArn }));
  };
  return { ...service, alias, outputOf, revisionId: updated.revisionId };
}

describe('versions on the wire', () => {
  test('a revision is published once, and described by its version', async (context) => {
    const { client, revisionId } = await published(context);
    const publish = (asked: object) =>
      client.send(new PublishStateMachineVersionCommand({ stateMachineArn, ...asked }));
    assert.equal((await publish({})).stateMachineVersionArn, version(2));
    assert.equal((await publish({ revisionId })).stateMachineVersionArn, version(2));
    await assert.rejects(publish({ revisionId: 'old' }), {
      name: 'ConflictException',
      message: `Failed to publish the State Machine version for revision old. The current State Machine revision is ${revisionId}.`,
    });
    const describeVersion = (number: number) =>
      client.send(new DescribeStateMachineCommand({ stateMachineArn: version(number) }));
    const [first, second] = [await describeVersion(1), await describeVersion(2)];
    assert.deepEqual(
      [first.stateMachineArn, first.definition, first.revisionId, first.description],
      [version(1), passing('one'), undefined, undefined],
    );
    assert.deepEqual(
      [second.definition, second.revisionId, second.description],
      [passing('two'), revisionId, 'second'],
    );
    await assert.rejects(describeVersion(3), message(`State Machine Does Not Exist: '${version(3)}'`));
  });

  test('they are listed newest first, and a number is not given twice', async (context) => {
    const { client } = await published(context);
    const remove = (number: number) =>
      client.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: version(number) }));
    await remove(2);
    await remove(2);
    await client.send(new PublishStateMachineVersionCommand({ stateMachineArn }));
    const list = (nextToken?: string) =>
      client.send(new ListStateMachineVersionsCommand({ stateMachineArn, maxResults: 1, nextToken }));
    const first = await list();
    const second = await list(first.nextToken);
    const shown = [first, second].map((page) => page.stateMachineVersions?.[0]?.stateMachineVersionArn);
    assert.deepEqual([shown, second.nextToken], [[version(3), version(1)], undefined]);
  });

  test('an execution follows the version that it is started by, and is listed under it', async (context) => {
    const { client, outputOf } = await published(context);
    const execution = await outputOf(version(1), 'old');
    assert.deepEqual(
      [execution.output, execution.stateMachineArn, execution.stateMachineVersionArn],
      ['"one"', stateMachineArn, version(1)],
    );
    assert.equal((await outputOf(stateMachineArn, 'new')).stateMachineVersionArn, undefined);
    const list = async (of: string) =>
      (await client.send(new ListExecutionsCommand({ stateMachineArn: of }))).executions?.map(
        ({ name, stateMachineVersionArn }) => [name, stateMachineVersionArn],
      );
    assert.deepEqual(await list(version(1)), [['old', version(1)]]);
    assert.deepEqual(await list(version(2)), []);
    assert.equal((await list(stateMachineArn))?.length, 2);
    await assert.rejects(outputOf(version(9)), { name: 'StateMachineDoesNotExist' });
  });
});

describe('aliases on the wire', () => {
  test('executions are shared out by weight', async (context) => {
    const { alias, outputOf, client } = await published(context);
    await alias('live', [route(1, 90), route(2, 10)]);
    const live = `${stateMachineArn}:live`;
    const outputs: (string | undefined)[] = [];
    for (let count = 0; count < 100; count += 1) outputs.push((await outputOf(live)).output);
    const ones = outputs.filter((output) => output === '"one"').length;
    assert.ok(ones > 80 && ones < 98, `${ones} of 100`);
    const { executions } = await client.send(new ListExecutionsCommand({ stateMachineArn: live }));
    assert.equal(executions?.length, 100);
    assert.ok(executions?.every(({ stateMachineAliasArn }) => stateMachineAliasArn === live));
  });

  test('one is created once, changed, described and deleted', async (context) => {
    const { alias, client, clock } = await published(context);
    const created = await alias('live', [route(1, 100)], 'ours');
    clock.advance(1_000);
    const again = await alias('live', [route(1, 100)], 'ours');
    assert.deepEqual(again.creationDate, created.creationDate);
    const other = message(
      'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
    );
    await assert.rejects(alias('live', [route(1, 100)], 'theirs'), other);
    await assert.rejects(alias('live', [route(2, 100)], 'ours'), other);
    const stateMachineAliasArn = `${stateMachineArn}:live`;
    const change = { stateMachineAliasArn, routingConfiguration: [route(1, 50), route(2, 50)] };
    await client.send(new UpdateStateMachineAliasCommand(change));
    const shown = await client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn }));
    assert.deepEqual(
      [shown.name, shown.description, shown.routingConfiguration, shown.updateDate?.getTime()],
      ['live', 'ours', change.routingConfiguration, clock.now()],
    );
    await assert.rejects(client.send(new UpdateStateMachineAliasCommand({ stateMachineAliasArn })), {
      name: 'MissingRequiredParameter',
    });
    const remove = () => client.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn }));
    await remove();
    await remove();
    const gone = { name: 'ResourceNotFound', message: 'Request references a resource that does not exist.' };
    await assert.rejects(client.send(new UpdateStateMachineAliasCommand(change)), gone);
    await assert.rejects(client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn })), gone);
  });

  test('they are listed by machine or by version, and keep their versions', async (context) => {
    const { alias, client } = await published(context);
    await alias('b', [route(2, 100)]);
    await alias('a', [route(1, 60), route(2, 40)]);
    const list = async (of: string, maxResults?: number) => {
      const page = await client.send(new ListStateMachineAliasesCommand({ stateMachineArn: of, maxResults }));
      const names = page.stateMachineAliases?.map((each) => each.stateMachineAliasArn?.split(':').at(-1));
      return [names, page.nextToken !== undefined];
    };
    assert.deepEqual(await list(stateMachineArn), [['a', 'b'], false]);
    assert.deepEqual(await list(stateMachineArn, 1), [['a'], true]);
    assert.deepEqual(await list(version(1)), [['a'], false]);
    const remove = new DeleteStateMachineVersionCommand({ stateMachineVersionArn: version(2) });
    await assert.rejects(client.send(remove), {
      name: 'ConflictException',
      message:
        'Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [a, b]',
    });
  });

  test('what cannot be a routing or a name is told as AWS tells it', async (context) => {
    const { alias } = await published(context);
    const arns = (...numbers: number[]) => `[${numbers.map(version).join(', ')}]`;
    const rejected = (asked: Promise<unknown>, text: string) => assert.rejects(asked, message(text));
    await rejected(
      alias('a', [route(1, 70), route(2, 29)]),
      'Sum of routing configuration weights must equal 100. Received: [70, 29]',
    );
    await rejected(
      alias('a', [route(1, 50), route(1, 50)]),
      `Routing configuration must contain distinct state machine version ARNs. Received: ${arns(1, 1)}`,
    );
    await rejected(
      alias('a', [{ stateMachineVersionArn: stateMachineArn, weight: 100 }]),
      `Routing configuration must contain state machine version ARNs. Received: [${stateMachineArn}]`,
    );
    await rejected(
      alias('a', [route(1, 101)]),
      "1 validation error detected: Value '101' at 'routingConfiguration.1.member.weight' failed to satisfy constraint: Member must have value less than or equal to 100",
    );
    await rejected(
      alias('123', [route(1, 100)]),
      "1 validation error detected: Value '123' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$",
    );
    const item = (number: number) =>
      `RoutingConfigurationListItem(stateMachineVersionArn=${version(number)}, weight=50)`;
    await rejected(
      alias('a', [route(1, 50), route(2, 50), route(3, 50)]),
      `1 validation error detected: Value '[${[1, 2, 3].map(item).join(', ')}]' at 'routingConfiguration' failed to satisfy constraint: Member must have length less than or equal to 2`,
    );
  });

  test('versions and aliases survive a restart, and go with their machine', async (context) => {
    const journal = createMemoryJournal();
    const { alias } = await published(context, journal);
    await alias('live', [route(2, 100)]);
    const { client } = await serve(context, { journal });
    const stateMachineAliasArn = `${stateMachineArn}:live`;
    const shown = await client.send(
      new DescribeStateMachineCommand({ stateMachineArn: stateMachineAliasArn }),
    );
    assert.equal(shown.description, 'second');
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    assert.deepEqual([journal.catalogue.all('version'), journal.catalogue.all('alias')], [[], []]);
  });
});
