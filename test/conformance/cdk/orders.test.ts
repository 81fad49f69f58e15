import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  type HistoryEvent,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { readMockConfig } from '../../../local/stepfunctions/mocks/read-config.ts';
import { type StepFunctionsServer, startServer } from '../../../local/stepfunctions/server/server.ts';
import { machinesOf } from '../../../local/stepfunctions/templates/machines-of.ts';

const place = { account: '111111111111', region: 'eu-central-1' };
const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

describe('a state machine that the CDK has synthesised', () => {
  let server: StepFunctionsServer;
  let client: SFNClient;

  before(async () => {
    server = await startServer({
      ...place,
      clock: 'virtual',
      mocks: readMockConfig(read('mocks.json'), 'mocks.json'),
      machines: machinesOf(read('orders.template.json'), 'orders.template.json', place),
    });
    const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
    client = new SFNClient({ endpoint: server.url, region: place.region, credentials });
  });

  after(async () => {
    client.destroy();
    await server.close();
  });

  async function run(testCase: string): Promise<DescribeExecutionCommandOutput & { events: HistoryEvent[] }> {
    const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
    const stateMachineArn = `${stateMachines?.[0]?.stateMachineArn}#${testCase}`;
    const input = JSON.stringify({ items: [{ id: 'pen' }, { id: 'ink' }] });
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn, name: testCase, input }),
    );
    for (;;) {
      const told = await client.send(new DescribeExecutionCommand({ executionArn }));
      if (told.status === 'RUNNING') continue;
      const events: HistoryEvent[] = [];
      for await (const page of paginateGetExecutionHistory({ client }, { executionArn }))
        events.push(...(page.events ?? []));
      return { ...told, events };
    }
  }

  const entered = (events: readonly HistoryEvent[]): (string | undefined)[] =>
    events.flatMap(({ stateEnteredEventDetails: details }) => (details === undefined ? [] : [details.name]));

  const days = ({
    startDate,
    stopDate,
  }: {
    startDate?: Date | undefined;
    stopDate?: Date | undefined;
  }): number => (Number(stopDate) - Number(startDate)) / 86_400_000;

  test('waits two weeks at once, and keeps every line', async () => {
    const told = await run('Cheap');
    assert.equal(told.status, 'SUCCEEDED', told.cause);
    assert.deepEqual(JSON.parse(told.output ?? ''), {
      items: [{ id: 'pen' }, { id: 'ink' }],
      price: { total: 20 },
    });
    assert.equal(days(told), 14);
    const names = ['Price the order', 'Is it dear?', 'Let the customer think', 'Keep every line'];
    assert.deepEqual(entered(told.events), [...names, 'Keep a line', 'Keep a line', 'Ordered']);
    const parameters = told.events.map(({ taskScheduledEventDetails: details }) => details?.parameters);
    assert.ok(parameters.includes('{"Item":{"id":{"S":"ink"}},"TableName":"Lines0CB763DA"}'));
  });

  test('tries again as the CDK has it by default, and takes the answer to its token', async () => {
    const told = await run('DearAndApproved');
    assert.equal(told.status, 'SUCCEEDED', told.cause);
    const { price, approval } = JSON.parse(told.output ?? '') as Record<string, unknown>;
    assert.deepEqual([price, approval], [{ total: 80 }, { by: 'Ada' }]);
    assert.equal(told.events.filter(({ type }) => type === 'TaskFailed').length, 2);
  });

  test('is refused when nobody answers for an hour', async () => {
    const told = await run('DearAndForgotten');
    assert.deepEqual([told.status, told.error], ['FAILED', 'OrderRefused']);
    assert.equal(days(told), 1 / 24);
    assert.ok(told.events.some(({ type }) => type === 'TaskTimedOut'));
  });

  test('gives up after six times more', async () => {
    const told = await run('NeverPriced');
    assert.deepEqual([told.status, told.error], ['FAILED', 'Lambda.ServiceException']);
    assert.equal(told.events.filter(({ type }) => type === 'TaskScheduled').length, 7);
  });
});
