import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoEventLog } from '../../shared/aws/dynamodb/event-log.ts';
import { openDynamoStore } from '../../shared/aws/dynamodb/store.ts';
import { tables } from '../../shared/aws/dynamodb/table.ts';
import { Chain, minute, runId, runRow, tenant } from '../../test/contract/fixtures.ts';
import { dynamoDbLocalWay, startDynamoDbLocal } from '../../test/support/dynamodb-local.ts';
import { createTableInput } from '../../test/support/dynamodb-tables.ts';
import type { Scenario } from '../bench.ts';
import { below, type Figure } from '../figure.ts';
import { distribution } from '../stats.ts';

const appends = 500;
/** Before those that count: a Java that has just started is slow. */
const warmUps = 300;

export const dynamodb: Scenario = {
  name: 'dynamodb',
  about: 'One append after the other to a run log on DynamoDB Local, and the requests that each takes',
  measure,
};

async function measure(): Promise<readonly Figure[]> {
  const way = dynamoDbLocalWay();
  if (way.kind === 'absent') {
    console.error(`dynamodb: not measured, as ${way.reason}.`);
    return [];
  }
  const local = await startDynamoDbLocal(way.kind);
  const client = new DynamoDBClient({
    endpoint: local.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    return await timed(client, local.about);
  } finally {
    client.destroy();
    await local.stop();
  }
}

async function timed(client: DynamoDBClient, about: string): Promise<readonly Figure[]> {
  const table = `bench-${randomUUID()}`;
  for (const schema of tables) await client.send(new CreateTableCommand(createTableInput(table, schema)));
  let requests = 0;
  client.middlewareStack.add(
    (next) => (args) => {
      requests += 1;
      return next(args);
    },
    { step: 'finalizeRequest' },
  );
  const log = new DynamoEventLog(openDynamoStore({ client, table })).forTenant(tenant);
  const chain = new Chain(runId(1));
  const times: number[] = [];
  for (let index = 0; index < warmUps + appends; index += 1) {
    if (index === warmUps) requests = 0;
    const append = {
      ...chain.next(2, 'x'.repeat(200)),
      projections: [
        { kind: 'run', row: runRow(runId(1), { status: 'running' }) },
        { kind: 'due', row: { tenant, run: runId(1), checkAt: minute(index) } },
      ],
    } as const;
    const began = performance.now();
    await log.append(append);
    if (index >= warmUps) times.push(performance.now() - began);
  }
  return [
    {
      name: 'append of two events and two rows',
      unit: 'ms',
      value: distribution(times),
      targets: [],
      note: about,
    },
    { name: 'requests an append', unit: 'ratio', value: requests / appends, targets: [below('value', 1.01)] },
  ];
}
