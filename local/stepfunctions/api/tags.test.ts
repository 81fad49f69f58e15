import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  DeleteActivityCommand,
  DescribeActivityCommand,
  ListActivitiesCommand,
  ListTagsForResourceCommand,
  type SFNClient,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sfn';
import { createMemoryJournal } from '../journal/memory.ts';
import { arn, passing, roleArn, serve } from '../testing/serve.ts';

const tagsOf = async (client: SFNClient, resourceArn: string) =>
  (await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags?.map(({ key, value }) => [
    key,
    value,
  ]);

describe('tags on the wire', () => {
  test('a machine has the tags that it is given, one a key', async (context) => {
    const journal = createMemoryJournal();
    const { client } = await serve(context, { journal });
    const tags = [{ key: 'a', value: '1' }];
    const machine = { name: 'm', definition: passing('x'), roleArn, tags, publish: true };
    await client.send(new CreateStateMachineCommand(machine));
    const resourceArn = arn('stateMachine:m');
    const more = [
      { key: 'b', value: '' },
      { key: 'a', value: '2' },
    ];
    await client.send(new TagResourceCommand({ resourceArn, tags: more }));
    const reopened = await serve(context, { journal });
    assert.deepEqual(await tagsOf(reopened.client, resourceArn), [
      ['a', '2'],
      ['b', ''],
    ]);
    await reopened.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a', 'a', 'none'] }));
    assert.deepEqual(await tagsOf(reopened.client, resourceArn), [['b', '']]);
    const version = arn('stateMachine:m:1');
    await assert.rejects(client.send(new TagResourceCommand({ resourceArn: version, tags })), {
      name: 'ResourceNotFound',
      message: `Resource not found: '${version}'`,
    });
  });

  test('a resource has fifty tags at most', async (context) => {
    const { client } = await serve(context);
    const tags = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: 'v' }));
    await client.send(new CreateActivityCommand({ name: 'a', tags }));
    const resourceArn = arn('activity:a');
    await client.send(new TagResourceCommand({ resourceArn, tags: [{ key: 'k0', value: 'w' }] }));
    const one = [{ key: 'more', value: 'v' }];
    await assert.rejects(client.send(new TagResourceCommand({ resourceArn, tags: one })), {
      name: 'TooManyTags',
    });
    assert.equal((await tagsOf(client, resourceArn))?.length, 50);
    await assert.rejects(client.send(new CreateActivityCommand({ name: 'b', tags: [...tags, ...one] })), {
      name: 'TooManyTags',
    });
    const long = [{ key: 'k'.repeat(129), value: 'v' }];
    await assert.rejects(client.send(new TagResourceCommand({ resourceArn, tags: long })), {
      name: 'ValidationException',
      message:
        /at 'tags\.1\.member\.key' failed to satisfy constraint: Member must have length less than or equal to 128$/,
    });
  });
});

describe('activities on the wire', () => {
  test('one is created once, described, listed and deleted', async (context) => {
    const { client, clock } = await serve(context);
    const create = (name: string) => client.send(new CreateActivityCommand({ name }));
    const { activityArn, creationDate } = await create('work');
    assert.equal(activityArn, arn('activity:work'));
    clock.advance(1_000);
    assert.deepEqual((await create('work')).creationDate, creationDate);
    await create('other');
    const { name } = await client.send(new DescribeActivityCommand({ activityArn }));
    assert.equal(name, 'work');
    const first = await client.send(new ListActivitiesCommand({ maxResults: 1 }));
    const second = await client.send(new ListActivitiesCommand({ nextToken: first.nextToken }));
    const names = [first, second].flatMap((page) => page.activities?.map((each) => each.name) ?? []);
    assert.deepEqual([names, second.nextToken], [['other', 'work'], undefined]);
    await client.send(new DeleteActivityCommand({ activityArn }));
    await client.send(new DeleteActivityCommand({ activityArn }));
    await assert.rejects(client.send(new DescribeActivityCommand({ activityArn })), {
      name: 'ActivityDoesNotExist',
      message: `Activity Does Not Exist: '${activityArn}'`,
    });
    await assert.rejects(client.send(new DescribeActivityCommand({ activityArn: 'work' })), {
      name: 'InvalidArn',
      message: "Invalid Arn: 'Invalid ARN prefix: work'",
    });
  });

  test('names that AWS does not take are refused', async (context) => {
    const { client } = await serve(context);
    for (const character of ' <>{}[]?*"#%\\^|~`$&,;:/\u0000\u001f\u007f\u009f') {
      const name = `a${character}b`;
      await assert.rejects(client.send(new CreateActivityCommand({ name })), {
        name: 'InvalidName',
        message: `Invalid Name: '${name}'`,
      });
    }
  });
});
