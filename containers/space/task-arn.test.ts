import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { taskArn } from './task-arn.ts';

/** Metadata of a task, as ECS serves it to its containers. */
async function metadata(context: TestContext, status: number): Promise<string> {
  const server = createServer((request, response) => {
    const known = request.url === '/v4/container-1/task';
    response
      .writeHead(known ? status : 404)
      .end(JSON.stringify({ Cluster: 'c', TaskARN: 'arn:aws:ecs:::task/c/1' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v4/container-1`;
}

test('a task is told its own name by ECS', async (context) => {
  const address = await metadata(context, 200);
  assert.equal(await taskArn({ ECS_CONTAINER_METADATA_URI_V4: address }), 'arn:aws:ecs:::task/c/1');
});

test('outside of ECS there is none', async () => {
  assert.equal(await taskArn({}), undefined);
});

test('a task that cannot learn its name claims nothing', async (context) => {
  const address = await metadata(context, 500);
  await assert.rejects(taskArn({ ECS_CONTAINER_METADATA_URI_V4: address }), /cannot be read: 500/);
});
