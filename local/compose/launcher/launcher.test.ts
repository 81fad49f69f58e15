import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  DescribeClustersCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { FakeDocker } from '../../../test/support/fake-docker.ts';
import { openLauncherService } from '../../../test/support/launcher-service.ts';
import { Tasks } from './tasks.ts';

const tasksOf = ({ docker }: FakeDocker, twin = 'test') =>
  new Tasks({
    docker,
    twin,
    image: 'tandem/space',
    network: 'spaces',
    environment: { TANDEM_ORIGINS: '{}' },
    region: 'eu-central-1',
  });

async function open(context: TestContext): Promise<{ fake: FakeDocker; client: ECSClient }> {
  const fake = await FakeDocker.open(context);
  return { fake, client: await openLauncherService(context, tasksOf(fake)) };
}

const environment = [{ name: 'TANDEM_TICKET', value: 'ticket' }];

const request = (changes: object = {}) =>
  new RunTaskCommand({
    cluster: 'spaces',
    taskDefinition: 'space',
    clientToken: 'token-1',
    startedBy: 'acme/run_1/1',
    capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
    overrides: { containerOverrides: [{ name: 'worker', environment }] },
    ...changes,
  });

async function run(client: ECSClient, changes: object = {}) {
  const { tasks: [task] = [], failures } = await client.send(request(changes));
  assert.deepEqual(failures, []);
  assert.ok(task?.taskArn);
  return { ...task, taskArn: task.taskArn };
}

async function described(client: ECSClient, arn: string) {
  const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster: 'spaces', tasks: [arn] }));
  return tasks[0];
}

test('a task is a container that can do little, and its worker knows how it is called', async (context) => {
  const { fake, client } = await open(context);
  const task = await run(client);
  assert.match(task.taskArn, /^arn:aws:ecs:eu-central-1:\d{12}:task\/spaces\/[0-9a-f]{32}$/);
  assert.deepEqual([task.lastStatus, task.capacityProviderName], ['RUNNING', 'FARGATE']);
  const { made } = fake.containers[0] ?? assert.fail();
  assert.deepEqual(made.Env, [
    'TANDEM_ORIGINS={}',
    'TANDEM_TICKET=ticket',
    `TANDEM_WORKER=${JSON.stringify({ kind: 'task', id: task.taskArn })}`,
  ]);
  const { ReadonlyRootfs, CapDrop, SecurityOpt, NetworkMode } = made.HostConfig;
  assert.deepEqual(
    [ReadonlyRootfs, CapDrop, SecurityOpt, NetworkMode],
    [true, ['ALL'], ['no-new-privileges'], 'spaces'],
  );
});

test('a client token starts one task, also at the same time, and none again when it has ended', async (context) => {
  const { fake, client } = await open(context);
  const [one, two] = await Promise.all([run(client), run(client)]);
  assert.equal(one.taskArn, two.taskArn);
  fake.end(fake.containers[0]);
  assert.equal((await run(client)).lastStatus, 'STOPPED');
  assert.equal(fake.containers.length, 1);
  assert.notEqual((await run(client, { clientToken: 'token-2' })).taskArn, one.taskArn);
  const [first, second] = await Promise.all([
    run(client, { clientToken: undefined }),
    run(client, { clientToken: undefined }),
  ]);
  assert.notEqual(first.taskArn, second.taskArn);
});

test('a task is told to stop, and is looked at until it has', async (context) => {
  const { fake, client } = await open(context);
  const { taskArn } = await run(client);
  fake.obeys = false;
  const stop = new StopTaskCommand({ cluster: 'spaces', task: taskArn });
  const { task } = await client.send(stop);
  assert.deepEqual([task?.lastStatus, task?.desiredStatus], ['RUNNING', 'STOPPED']);
  fake.end(fake.containers[0], 137);
  const stopped = await described(client, taskArn);
  assert.equal(stopped?.lastStatus, 'STOPPED');
  assert.equal(stopped?.stopCode, 'EssentialContainerExited');
  assert.equal(stopped?.containers?.[0]?.exitCode, 137);
  assert.ok(stopped?.stoppedAt instanceof Date);
  await client.send(stop);
  const unknown = new StopTaskCommand({ cluster: 'spaces', task: `${taskArn}0` });
  await assert.rejects(client.send(unknown), { name: 'InvalidParameterException' });
});

test('a task that Docker cannot start has stopped, in the words of Docker', async (context) => {
  const { fake, client } = await open(context);
  fake.failure = 'network spaces not found';
  const task = await run(client);
  assert.deepEqual(
    [task.lastStatus, task.stopCode, task.stoppedReason],
    ['STOPPED', 'TaskFailedToStart', 'network spaces not found'],
  );
  await run(client);
  assert.equal(fake.containers.length, 1);
});

test('tasks are listed by who started them and by whether they run', async (context) => {
  const { fake, client } = await open(context);
  const one = await run(client);
  const two = await run(client, { clientToken: 'token-2', startedBy: 'acme/run_1/2' });
  await run(client, { clientToken: 'token-3', cluster: 'others' });
  const list = async (changes: object) =>
    (await client.send(new ListTasksCommand({ cluster: 'spaces', ...changes }))).taskArns;
  assert.deepEqual(await list({}), [one.taskArn, two.taskArn]);
  assert.deepEqual(await list({ startedBy: 'acme/run_1/2' }), [two.taskArn]);
  fake.end(fake.containers[0]);
  assert.deepEqual(await list({}), [two.taskArn]);
  assert.deepEqual(await list({ desiredStatus: 'STOPPED' }), [one.taskArn]);
});

test('a launcher that is restarted knows the tasks of its twin, and of no other', async (context) => {
  const { fake, client } = await open(context);
  const { taskArn } = await run(client);
  const again = await openLauncherService(context, tasksOf(fake));
  assert.equal((await described(again, taskArn))?.startedBy, 'acme/run_1/1');
  assert.equal((await run(again)).taskArn, taskArn);
  const other = await openLauncherService(context, tasksOf(fake, 'other'));
  const { tasks, failures } = await other.send(
    new DescribeTasksCommand({ cluster: 'spaces', tasks: [taskArn] }),
  );
  assert.deepEqual(tasks, []);
  assert.deepEqual(failures, [{ arn: taskArn, reason: 'MISSING' }]);
  await run(other);
  assert.equal(fake.containers.length, 2);
});

test('what is not offered, or not understood, is refused as AWS refuses it', async (context) => {
  const { client } = await open(context);
  await assert.rejects(client.send(new DescribeClustersCommand({})), {
    name: 'UnsupportedOperationException',
    message: /DescribeClusters is not offered here, only RunTask/,
  });
  await assert.rejects(client.send(request({ count: 2 })), {
    name: 'InvalidParameterException',
    message: /count/,
  });
});

test('what ended long ago is removed, and nothing else', async (context) => {
  const { fake, client } = await open(context);
  const hour = 3_600_000;
  await run(client);
  const { taskArn } = await run(client, { clientToken: 'token-2' });
  fake.end(fake.containers[0]);
  await tasksOf(fake).sweep(Date.now() + hour / 2);
  assert.equal(fake.containers.length, 2);
  await tasksOf(fake).sweep(Date.now() + hour + 1);
  assert.deepEqual(
    fake.containers.map(({ made }) => made.Labels['tandem.task']),
    [taskArn],
  );
});
