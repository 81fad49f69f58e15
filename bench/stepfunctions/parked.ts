import { setTimeout as after } from 'node:timers/promises';
import { type FakeQueue, fakeQueue } from '../../test/support/fake-queue.ts';
import { ServerProcess } from '../../test/support/server-process.ts';
import { StatesClient } from '../../test/support/states-client.ts';
import { inFlight } from '../bench.ts';
import { below, type Figure } from '../figure.ts';
import { processTreeMegabytes } from '../process-memory.ts';

const parked = 10_000;
/** Before memory is read for the first time: so much code has run, and so much been loaded. */
const warmUp = 500;
/** Requests at once. */
const width = 32;
/** After which a server at rest has given back what load has taken. */
const calmMs = 21_000;
const briefMs = 1_000;

const role = 'arn:aws:iam::000000000000:role/bench';
const definition = JSON.stringify({
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'http://queue/asked', 'MessageBody.$': '$$.Task.Token' },
      End: true,
    },
  },
});

/** Executions that wait for a task token each, in a server that is killed. */
export async function parkedExecutions(): Promise<readonly Figure[]> {
  const tokens: string[] = [];
  const queue = await fakeQueue((token) => void tokens.push(token));
  const server = await ServerProcess.inNewFolder(serverOptions(queue));
  try {
    const empty = await server.start();
    return await measure(server, { tokens, empty });
  } finally {
    await server.remove();
    await queue.close();
  }
}

function serverOptions({ url }: FakeQueue) {
  return { command: 'stepfunctions', env: { AWS_ENDPOINT_URL_SQS: url } } as const;
}

async function measure(
  server: ServerProcess,
  { tokens, empty }: { readonly tokens: string[]; readonly empty: number },
): Promise<readonly Figure[]> {
  const client = new StatesClient(server);
  const machine = { name: 'asking', definition, roleArn: role };
  const { stateMachineArn } = await client.call<{ stateMachineArn: string }>('CreateStateMachine', machine);
  const park = (from: number, to: number): Promise<void> =>
    inFlight(to - from, width, async (index) => {
      await client.call('StartExecution', {
        stateMachineArn,
        name: `e${from + index}`,
        input: '{"order":1}',
      });
    });
  await park(0, warmUp);
  const before = await calmMegabytes(server);
  await park(warmUp, warmUp + parked);
  while (tokens.length < warmUp + parked) await after(50);
  const full = await calmMegabytes(server);

  await server.kill();
  const began = performance.now();
  const listening = await server.start();
  await answer(client, [tokens.at(-1) ?? '', tokens[0] ?? '']);
  const resumed = performance.now() - began;
  const recovered = await calmMegabytes(server, briefMs);
  const answered = performance.now();
  await answer(client, tokens.slice(1, -1));
  const seconds = (performance.now() - answered) / 1_000;
  await expectAllDone(client, stateMachineArn);
  client.close();
  return [
    {
      name: `${parked} parked on tokens: memory`,
      unit: 'MB',
      value: full - before,
      targets: [below('value', 200)],
    },
    {
      name: `${parked} parked, after a kill: memory of the whole server`,
      unit: 'MB',
      value: recovered,
      targets: [],
    },
    {
      name: `kill -9, exec → ${parked} parked answerable`,
      unit: 'ms',
      value: resumed,
      targets: [below('value', 3_000)],
      note: `listens after ${Math.round(listening)} ms, with an empty journal after ${Math.round(empty)} ms`,
    },
    {
      name: 'tokens answered/s',
      unit: '/s',
      value: (tokens.length - 2) / seconds,
      targets: [],
      note: 'all have ended',
    },
  ];
}

async function calmMegabytes({ pid }: ServerProcess, ms = calmMs): Promise<number> {
  await after(ms);
  return processTreeMegabytes(pid);
}

function answer(client: StatesClient, tokens: readonly string[]): Promise<void> {
  return inFlight(tokens.length, width, async (index) => {
    await client.call('SendTaskSuccess', { taskToken: tokens[index], output: '{}' });
  });
}

/** Every execution that was acknowledged has ended well. */
async function expectAllDone(client: StatesClient, stateMachineArn: string): Promise<void> {
  for (const statusFilter of ['RUNNING', 'FAILED', 'TIMED_OUT', 'ABORTED']) {
    const { executions } = await client.call<{ executions: readonly object[] }>('ListExecutions', {
      stateMachineArn,
      statusFilter,
    });
    if (executions.length > 0)
      throw new Error(`${executions.length} or more executions are ${statusFilter}.`);
  }
}
