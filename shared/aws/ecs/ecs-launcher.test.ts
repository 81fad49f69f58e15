import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeEcs } from '../../../test/support/fake-ecs.ts';
import type { Placement } from '../../domain/events.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import type { Launch } from '../../ports/task-launcher.ts';
import { EcsLauncher } from './ecs-launcher.ts';

const launch: Launch = {
  tenant: 'acme',
  run: 'run_1',
  operation: 3,
  place: 'task',
  ticket: 'ticket',
  timeoutMs: 1_000,
  attempt: '1-1',
};

const tasks = {
  cluster: 'c',
  taskDefinition: 'space',
  container: 'worker',
  subnets: ['subnet-1'],
  securityGroups: ['sg-1'],
  capacity: [
    { provider: 'gpu', kind: 'gpu', taskDefinition: 'space-gpu' },
    { provider: 'FARGATE_SPOT', kind: 'cpu', spot: true },
    { provider: 'FARGATE', kind: 'cpu' },
  ],
} as const;

function make(changes: object = {}) {
  const ecs = new FakeEcs();
  const all = { ...tasks, capacity: [...tasks.capacity], subnets: [...tasks.subnets], ...changes };
  const spaceTasks = { ...all, securityGroups: [...tasks.securityGroups] };
  const options = { client: ecs.client, tasks: spaceTasks, report: 'https://tandem/v1/report', lookMs: 1 };
  return { ecs, launcher: new EcsLauncher(options) };
}

interface Overrides {
  readonly containerOverrides: readonly { readonly environment: { name: string; value: string }[] }[];
}

/** What the worker of the latest request is given. */
function given(ecs: FakeEcs): Record<string, string> {
  const { overrides } = ecs.requests('RunTask').at(-1) as { overrides: Overrides };
  const [override] = overrides.containerOverrides;
  return Object.fromEntries((override?.environment ?? []).map(({ name, value }) => [name, value]));
}

const placed = (ecs: FakeEcs) => JSON.parse(given(ecs)['TANDEM_PLACEMENT'] ?? '') as Placement;

test('the worker is given where to report, its ticket and its operation, and no more', async () => {
  const { ecs, launcher } = make();
  await launcher.launch(launch);
  const { TANDEM_PLACEMENT: _, ...rest } = given(ecs);
  assert.deepEqual(rest, {
    TANDEM_REPORT: 'https://tandem/v1/report',
    TANDEM_TICKET: 'ticket',
    TANDEM_OPERATION: 'run_1-3',
  });
  const [request] = ecs.requests('RunTask');
  assert.equal(request?.['startedBy'], 'acme/run_1/3');
  assert.equal(request?.['taskDefinition'], 'space-gpu');
  assert.match(String(request?.['clientToken']), /^[0-9a-f]{64}$/);
});

test('a launch that is repeated starts no second task; another attempt does', async () => {
  const { ecs, launcher } = make();
  await launcher.launch(launch);
  await launcher.launch(launch);
  // As a step does that is tried again.
  await launcher.launch({ ...launch, ticket: 'another' });
  assert.equal(ecs.tasks.length, 1);
  await launcher.launch({ ...launch, attempt: '1-2' });
  assert.equal(ecs.tasks.length, 2);
});

test('a capacity that has nothing left is passed over, and the log is told why', async () => {
  const { ecs, launcher } = make();
  ecs.failing.set('gpu', 'RESOURCE:GPU');
  ecs.failing.set('FARGATE_SPOT', new Error('Capacity is unavailable at this time. Please try again later'));
  await launcher.launch(launch);
  assert.equal(ecs.tasks[0]?.capacityProviderName, 'FARGATE');
  assert.deepEqual(placed(ecs), {
    provider: 'FARGATE',
    instead: [
      { provider: 'gpu', reason: 'RESOURCE:GPU' },
      {
        provider: 'FARGATE_SPOT',
        reason: 'Capacity is unavailable at this time. Please try again later',
      },
    ],
  });
});

test('a capacity that has failed the operation once is not tried again while there is another', async () => {
  const { ecs, launcher } = make();
  await launcher.launch(launch);
  const [first] = ecs.tasks;
  assert.ok(first);
  Object.assign(first, { lastStatus: 'STOPPED', stopCode: 'SpotInterruption', stoppedReason: 'taken away' });
  await launcher.launch({ ...launch, attempt: '1-2' });
  assert.equal(ecs.tasks[1]?.capacityProviderName, 'FARGATE_SPOT');
  assert.deepEqual(placed(ecs).instead, [{ provider: 'gpu', reason: 'taken away' }]);
});

test('when no capacity takes the task, or ECS is throttled, that may pass', async () => {
  const { ecs, launcher } = make();
  for (const { provider } of tasks.capacity) ecs.failing.set(provider, 'RESOURCE:MEMORY');
  const isUnavailable = (error: unknown) => isTandemError(error, 'space.unavailable') && error.retryable;
  await assert.rejects(launcher.launch(launch), isUnavailable);
  ecs.failing.set('gpu', new Error('Rate exceeded'));
  await assert.rejects(launcher.launch(launch), isUnavailable);
  assert.equal(ecs.requests('RunTask').length, 4);
});

test('without capacities the default of the cluster is used', async () => {
  const { ecs, launcher } = make({ capacity: [], subnets: [] });
  await launcher.launch(launch);
  const [request] = ecs.requests('RunTask');
  assert.equal(request?.['capacityProviderStrategy'], undefined);
  assert.equal(request?.['networkConfiguration'], undefined);
  assert.deepEqual(placed(ecs), { provider: 'default', instead: [] });
});

test('a task is stopped for certain before anybody is told so, also when it was already', async () => {
  const { ecs, launcher } = make();
  await launcher.launch(launch);
  const worker = { kind: 'task', id: ecs.tasks[0]?.taskArn ?? '' } as const;
  assert.equal(await launcher.alive(worker), true);
  assert.equal(await launcher.launched(launch), true);
  await launcher.stop(worker);
  assert.equal(ecs.tasks[0]?.lastStatus, 'STOPPED');
  assert.equal(await launcher.alive(worker), false);
  assert.equal(await launcher.launched(launch), false);
  await launcher.stop(worker);
  await launcher.stop({ kind: 'task', id: 'forgotten' });
  assert.equal(ecs.requests('StopTask').length, 1);
});
