import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { isTandemError } from '../../../shared/errors/tandem-error.ts';
import { type StepFunctionsServer, startServer } from './server.ts';

const root = mkdtempSync(join(tmpdir(), 'tandem-stepfunctions-'));
after(() => rmSync(root, { recursive: true, force: true }));

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const roleArn = 'arn:aws:iam::111111111111:role/test';

const waiting = (seconds: number) =>
  JSON.stringify({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: seconds, End: true } } });

function clientOf(url: string): SFNClient {
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  return new SFNClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
}

async function using<T>(server: StepFunctionsServer, use: (client: SFNClient) => Promise<T>): Promise<T> {
  const client = clientOf(server.url);
  try {
    return await use(client);
  } finally {
    client.destroy();
    await server.close();
  }
}

async function create(client: SFNClient, name: string, definition: string): Promise<string | undefined> {
  return (await client.send(new CreateStateMachineCommand({ name, definition, roleArn }))).stateMachineArn;
}

async function start(client: SFNClient, definition: string): Promise<string> {
  const stateMachineArn = await create(client, 'machine', definition);
  const { executionArn = '' } = await client.send(
    new StartExecutionCommand({ stateMachineArn, name: 'one' }),
  );
  return executionArn;
}

async function ended(client: SFNClient, executionArn: string) {
  for (;;) {
    const told = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (told.status !== 'RUNNING') return told;
    await new Promise(setImmediate);
  }
}

/** The program behind the command, once it has said its first line. */
async function program(
  args: readonly string[],
): Promise<{ child: ChildProcess; first: string; last(): string }> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout ?? assert.fail() });
  reader.on('line', (line) => lines.push(line));
  await once(reader, 'line');
  return { child, first: lines[0] ?? '', last: () => lines.at(-1) ?? '' };
}

describe('the engine alone', () => {
  test('names the account and the region that it is given', async () => {
    const server = await startServer({ account: '111111111111', region: 'eu-west-1' });
    const arn = await using(server, (client) => start(client, waiting(0)));
    assert.equal(arn, 'arn:aws:states:eu-west-1:111111111111:execution:machine:one');
  });

  test('on the virtual clock a wait of a year is over at once, unless time is held', async () => {
    const server = await startServer({ clock: 'virtual' });
    await using(server, async (client) => {
      const release = server.hold();
      const executionArn = await start(client, waiting(31_536_000));
      for (let look = 0; look < 10; look += 1) {
        const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
        assert.equal(status, 'RUNNING');
      }
      release();
      const { status, startDate, stopDate } = await ended(client, executionArn);
      assert.equal(status, 'SUCCEEDED');
      assert.equal(Number(stopDate) - Number(startDate), 31_536_000_000);
    });
  });

  test('virtual time goes on for an execution that another one waits for', async () => {
    const server = await startServer({ clock: 'virtual' });
    await using(server, async (client) => {
      const inner = await create(client, 'inner', waiting(31_536_000));
      const parent = {
        StartAt: 'Ask',
        States: {
          Ask: {
            Type: 'Task',
            Resource: 'arn:aws:states:::states:startExecution.sync:2',
            Parameters: { StateMachineArn: inner },
            End: true,
          },
        },
      };
      const told = await ended(client, await start(client, JSON.stringify(parent)));
      assert.equal(told.status, 'SUCCEEDED', told.cause);
      assert.equal(Number(told.stopDate) - Number(told.startDate), 31_536_000_000);
    });
  });

  test('goes on with what ran, on the folder it is given, and lets no second one use that', async () => {
    const data = join(root, 'data');
    const first = await startServer({ data, clock: 'system' });
    await assert.rejects(startServer({ data }), (error) => isTandemError(error, 'server.running'));
    const executionArn = await using(first, (client) => start(client, waiting(3_600)));
    await using(await startServer({ data, clock: 'virtual' }), async (client) => {
      assert.equal((await ended(client, executionArn)).status, 'SUCCEEDED');
    });
  });

  test('creates the machines that it is given, and gives them their new definition at the next start', async () => {
    const data = join(root, 'machines');
    const machine = { name: 'machine', roleArn, type: 'STANDARD' } as const;
    for (const seconds of [1, 2]) {
      const machines = [{ ...machine, definition: waiting(seconds) }];
      await using(await startServer({ data, machines }), async (client) => {
        const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
        const stateMachineArn = stateMachines?.[0]?.stateMachineArn;
        const told = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
        assert.deepEqual([stateMachines?.length, told.definition], [1, waiting(seconds)]);
      });
    }
  });

  test('refuses machines that the service refuses', async () => {
    const machines = [{ name: 'machine', roleArn, type: 'STANDARD', definition: '{}' } as const];
    await assert.rejects(
      startServer({ machines }),
      (error) =>
        isTandemError(error, 'template.invalid') && /machine is refused: Invalid State/.test(error.message),
    );
  });

  test('a port that is taken is told, and the folder is left free', async () => {
    const data = join(root, 'free');
    const first = await startServer();
    const port = Number(new URL(first.url).port);
    await assert.rejects(startServer({ port, data }), (error) => isTandemError(error, 'port.taken'));
    await first.close();
    await (await startServer({ port, data })).close();
  });
});

describe('tandem stepfunctions', () => {
  test('says where it listens, and ends with 0 when it is asked to', async () => {
    const { child, first, last } = await program(['--port', '0', '--json', '--data', join(root, 'program')]);
    const { listening } = JSON.parse(first) as { listening: { url: string; pid: number; clock: string } };
    assert.deepEqual([listening.pid, listening.clock], [child.pid, 'system']);
    const client = clientOf(listening.url);
    assert.deepEqual((await client.send(new ListStateMachinesCommand({}))).stateMachines, []);
    client.destroy();
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'close'), [0, null]);
    assert.deepEqual(JSON.parse(last()), { stopped: { url: listening.url, signal: 'SIGTERM' } });
  });

  test('people are told how to reach it with the AWS CLI', async () => {
    const { child, first, last } = await program(['--port', '0']);
    const url = /http:\S+/.exec(first)?.[0];
    assert.equal(first, `Step Functions listens on ${url}`);
    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'close'), [0, null]);
    assert.equal(last(), `  aws stepfunctions --endpoint-url ${url} list-state-machines`);
  });

  const refusals: readonly [args: string[], code: string, said: RegExp, status: number][] = [
    [['--clock', 'sun'], 'usage', /^--clock takes system or virtual, not "sun"$/, 2],
    [['--mock-config', join(root, 'bad.json')], 'mocks.invalid', /bad\.json is no mock configuration: \$/, 1],
    [['--data', join(root, 'bad.json', 'x')], 'data.permission', /cannot be written$/, 1],
  ];
  for (const [args, code, said, status] of refusals) {
    test(`refuses a bad ${args[0]} with ${code}`, () => {
      writeFileSync(join(root, 'bad.json'), '[]');
      const ran = spawnSync(process.execPath, [main, '--json', ...args], { encoding: 'utf8' });
      const { error } = JSON.parse(ran.stdout) as { error: { code: string; message: string } };
      assert.deepEqual([ran.status, error.code], [status, code]);
      assert.match(error.message, said);
    });
  }
});

test('a test case that nobody has written is refused, so that nothing is done in earnest', async () => {
  const mocks = {
    StateMachines: { machine: { TestCases: { Known: {} } } },
    MockedResponses: {},
    'x-objects': [],
  };
  await using(await startServer({ mocks }), async (client) => {
    const arn = await create(client, 'machine', waiting(0));
    const started = (testCase: string) =>
      client.send(new StartExecutionCommand({ stateMachineArn: `${arn}#${testCase}` }));
    await assert.rejects(started('Unknown'), {
      name: 'ValidationException',
      message: /no test case 'Unknown'/,
    });
    assert.ok((await started('Known')).executionArn);
  });
});
