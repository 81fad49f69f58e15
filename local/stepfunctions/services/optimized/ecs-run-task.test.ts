import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { JsonObject } from '../../../../shared/domain/json.ts';
import { callOf, carryOut, failureOf, servicesWith } from '../testing/call.ts';
import { fakeService } from '../testing/fake-service.ts';

const runTask = 'arn:aws:states:::ecs:runTask';
const started = {
  taskArn: 'arn:task',
  taskDefinitionArn: 'arn:def',
  lastStatus: 'PROVISIONING',
  createdAt: 1.5,
};

interface Container {
  readonly name: string;
  readonly exitCode?: number;
  readonly essential?: boolean;
}

/** A cluster whose task runs for two looks and ends as it is told to. */
async function cluster(t: TestContext, containers: readonly Container[]) {
  const asked: [string, JsonObject][] = [];
  let looks = 0;
  const { endpoints } = await fakeService(t, ({ headers, json }) => {
    const action = String(headers['x-amz-target']).split('.')[1] ?? '';
    asked.push([action, json() as JsonObject]);
    const stopped = {
      ...started,
      lastStatus: 'STOPPED',
      containers: containers.map(({ name, exitCode }) => ({ name, exitCode })),
    };
    if (action === 'DescribeTasks') looks += 1;
    const answers: Record<string, object> = {
      RunTask: { tasks: [started], failures: [] },
      DescribeTasks: { tasks: [looks > 2 ? stopped : started] },
      DescribeTaskDefinition: { taskDefinition: { containerDefinitions: containers } },
      StopTask: {},
    };
    return { body: answers[action] ?? {} };
  });
  const services = servicesWith({ endpoints });
  t.after(() => services.close());
  const run = (suffix: string, more = {}) => {
    const parameters = {
      TaskDefinition: 'def',
      Cluster: 'c',
      Overrides: { ContainerOverrides: [{ Name: 'a', Environment: [{ Name: 'N', Value: 1 }] }] },
    };
    return carryOut(services, `${runTask}${suffix}`, callOf(`${runTask}${suffix}`, parameters, more));
  };
  return { asked, run, services, names: () => asked.map(([action]) => action) };
}

describe('ecs:runTask', () => {
  it('starts a task in the service’s own spelling, once for an attempt', async (t) => {
    const { asked, run } = await cluster(t, []);
    const result = (await run('')) as JsonObject;
    await run('');
    const [first, again] = asked.map(([, { clientToken: token }]) => token);
    assert.match(String(first), /^[0-9a-f]{64}$/);
    assert.equal(again, first);
    assert.deepEqual(asked.slice(1), [
      [
        'RunTask',
        {
          clientToken: String(first),
          taskDefinition: 'def',
          cluster: 'c',
          overrides: { containerOverrides: [{ name: 'a', environment: [{ name: 'N', value: '1' }] }] },
        },
      ],
    ]);
    assert.deepEqual(result['Tasks'], [
      { CreatedAt: 1_500, LastStatus: 'PROVISIONING', TaskArn: 'arn:task', TaskDefinitionArn: 'arn:def' },
    ]);
    assert.deepEqual(result['Failures'], []);
  });

  it('.sync waits until the task has stopped, and gives what is told of it', async (t) => {
    const { asked, names, run } = await cluster(t, [{ name: 'a', exitCode: 0 }]);
    const result = (await run('.sync')) as JsonObject;
    assert.deepEqual(names(), ['RunTask', 'DescribeTasks', 'DescribeTasks', 'DescribeTasks']);
    assert.equal(asked[0]?.[1]['startedBy'], 'AWS Step Functions');
    assert.deepEqual(asked[1]?.[1], { cluster: 'c', tasks: ['arn:task'] });
    assert.deepEqual(result['Containers'], [{ ExitCode: 0, Name: 'a' }]);
    assert.equal(result['LastStatus'], 'STOPPED');
  });

  for (const [what, containers] of Object.entries<readonly Container[]>({
    'its container ended badly': [{ name: 'a', exitCode: 1 }],
    'its container never ran': [{ name: 'a' }],
    'there was none': [],
    'an essential one ended badly': [
      { name: 'a', exitCode: 2, essential: true },
      { name: 'b', exitCode: 0 },
    ],
  })) {
    it(`.sync fails when ${what}`, async (t) => {
      const { run } = await cluster(t, containers);
      const { error, cause, phase } = await failureOf(run('.sync'));
      assert.deepEqual({ error, phase }, { error: 'States.TaskFailed', phase: 'run' });
      assert.equal((JSON.parse(cause) as JsonObject)['TaskArn'], 'arn:task');
    });
  }

  it('.sync looks at how side containers ended only to tell them apart', async (t) => {
    const side = { name: 'side', exitCode: 137, essential: false };
    const { names, run } = await cluster(t, [{ name: 'a', exitCode: 0, essential: true }, side]);
    assert.equal(((await run('.sync')) as JsonObject)['TaskArn'], 'arn:task');
    assert.equal(names().at(-1), 'DescribeTaskDefinition');
  });

  it('.sync stops the task when nobody waits any more', async (t) => {
    const { asked, names, run } = await cluster(t, []);
    const stop = new AbortController();
    const waiting = run('.sync', { signal: stop.signal });
    while (!names().includes('DescribeTasks')) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error('stopped'));
    await assert.rejects(waiting, /stopped/);
    const [action, parameters] = asked.at(-1) ?? [];
    assert.deepEqual([action, parameters?.['task'], parameters?.['cluster']], ['StopTask', 'arn:task', 'c']);
  });

  it('fails when no task was started', async (t) => {
    const answer = { tasks: [], failures: [{ reason: 'RESOURCE:MEMORY' }] };
    const { endpoints } = await fakeService(t, () => ({ body: answer }));
    const services = servicesWith({ endpoints });
    t.after(() => services.close());
    const call = callOf(`${runTask}.sync`, { TaskDefinition: 'def' });
    const { error, cause, phase } = await failureOf(carryOut(services, `${runTask}.sync`, call));
    assert.deepEqual({ error, phase }, { error: 'AmazonECS.Unknown', phase: 'submit' });
    assert.match(cause, /"Reason":"RESOURCE:MEMORY"/);
  });
});
