import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Assembly } from './assembly.ts';
import { TwinStack } from './twin-stack.ts';

const never = new AbortController().signal;

/** A LocalStack that lists these stacks, and what it was told of its own health. */
async function localstack(context: TestContext, ...statuses: readonly string[]) {
  const told: unknown[] = [];
  const server = createServer(async (message, response) => {
    told.push([message.url, JSON.parse(Buffer.concat(await message.toArray()).toString())]);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const Stacks = statuses.map((StackStatus) => ({ StackName: 'tandem-twin-api', StackStatus }));
  const stack = new TwinStack({
    assembly: {
      digest: 'd',
      folder: '/',
      stacks: [{ name: 'tandem-twin-api', template: { Resources: {} } }],
    } as unknown as Assembly,
    client: { send: async () => ({ Stacks }) } as unknown as CloudFormationClient,
    functions: {} as LambdaClient,
    region: 'us-east-1',
    localstack: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    data: '/',
    blobsCredentials: 'a:b',
  });
  return { stack, told };
}

describe('the stacks of stage twin in LocalStack', () => {
  it('are there when each is whole, whatever was removed under their names before', async (context) => {
    const presenceOf = async (...statuses: string[]) =>
      (await localstack(context, ...statuses)).stack.presence();
    assert.equal(await presenceOf('CREATE_COMPLETE'), 'there');
    assert.equal(await presenceOf('UPDATE_COMPLETE', 'DELETE_COMPLETE'), 'there');
    assert.equal(await presenceOf('UPDATE_ROLLBACK_COMPLETE'), 'gone');
    assert.equal(await presenceOf('CREATE_IN_PROGRESS'), 'gone');
    assert.equal(await presenceOf(), 'gone');
  });

  for (const status of ['CREATE_FAILED', 'ROLLBACK_COMPLETE', 'DELETE_FAILED']) {
    it(`that are ${status} end LocalStack, which comes back without them`, async (context) => {
      const { stack, told } = await localstack(context, status);
      await assert.rejects(stack.deploy(never), new RegExp(`${status}: LocalStack is started again`));
      assert.deepEqual(told, [['/_localstack/health', { action: 'kill' }]]);
    });
  }
});
