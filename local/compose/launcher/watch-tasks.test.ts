import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { FakeDocker } from '../../../test/support/fake-docker.ts';
import { type EcsTask, Tasks } from './tasks.ts';
import { watchTasks } from './watch-tasks.ts';

interface Told {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

/** EventBridge at an address of its own; it takes nothing as long as `refusing` says so. */
class FakeEvents {
  readonly told: Told[] = [];
  refusing = false;
  refused = 0;
  readonly #waiting = new Set<() => void>();

  async open(context: TestContext): Promise<EventBridgeClient> {
    const server = createServer(async (request, response) => {
      const { Entries } = JSON.parse(await text(request)) as { Entries: Told[] };
      const ErrorMessage = 'No room';
      const refusal = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage }] };
      if (this.refusing) this.refused += 1;
      else this.told.push(...Entries);
      const taken = { FailedEntryCount: 0, Entries: [{ EventId: '1' }] };
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify(this.refusing ? refusal : taken));
      for (const wake of this.#waiting) wake();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = new EventBridgeClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    context.after(async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return client;
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  tasks(): readonly EcsTask[] {
    return this.told.map(({ Detail }) => JSON.parse(Detail) as EcsTask);
  }
}

async function open(context: TestContext) {
  const fake = await FakeDocker.open(context);
  const options = { twin: 'test', image: 'i', network: 'n', environment: {}, region: 'eu-central-1' };
  const tasks = new Tasks({ docker: fake.docker, ...options });
  const hub = new FakeEvents();
  const events = await hub.open(context);
  const ended = new AbortController();
  const warnings: string[] = [];
  const log = { warn: (message: string) => void warnings.push(message) };
  let watching = Promise.resolve();
  const start = () => {
    watching = watchTasks({ tasks, events, log, signal: ended.signal });
  };
  context.after(async () => {
    ended.abort();
    await watching;
  });
  const run = (clientToken: string) =>
    tasks.run({
      cluster: 'c',
      taskDefinition: 'space',
      startedBy: 'acme/run_1/1',
      clientToken,
      container: 'worker',
      environment: {},
    });
  return { fake, hub, start, run, warnings };
}

test('of every task that ends it is told, as ECS tells it, also of one that ended before', async (context) => {
  const { fake, hub, start, run } = await open(context);
  const first = await run('1');
  const second = await run('2');
  fake.end(fake.containers[0], 137);
  start();
  await hub.until(() => hub.told.length === 1);
  fake.end(fake.containers[1]);
  await hub.until(() => hub.told.length === 2);
  assert.deepEqual(hub.told.map(({ Source, DetailType }) => [Source, DetailType])[0], [
    'aws.ecs',
    'ECS Task State Change',
  ]);
  assert.deepEqual(
    hub.tasks().map(({ taskArn }) => taskArn),
    [first.taskArn, second.taskArn],
  );
  const [{ lastStatus, startedBy, stoppedReason } = assert.fail()] = hub.tasks();
  assert.deepEqual([lastStatus, startedBy], ['STOPPED', 'acme/run_1/1']);
  assert.match(stoppedReason ?? '', /exit status 137/);
});

test('what nobody took, and what ended while Docker was away, is told afterwards', async (context) => {
  const { fake, hub, start, run, warnings } = await open(context);
  const { taskArn } = await run('1');
  fake.end(fake.containers[0]);
  hub.refusing = true;
  start();
  await hub.until(() => hub.refused > 0);
  hub.refusing = false;
  await hub.until(() => hub.told.length === 1);
  assert.equal(hub.tasks()[0]?.taskArn, taskArn);
  assert.deepEqual(new Set(warnings), new Set(['Tasks that stop are not told of for now']));
  const next = await run('2');
  fake.breakStreams();
  fake.end(fake.containers[1]);
  await hub.until(() => hub.tasks().some((told) => told.taskArn === next.taskArn));
});
