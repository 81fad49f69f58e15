import { randomUUID } from 'node:crypto';
import { after, type TestContext } from 'node:test';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoAgents } from '../../shared/aws/dynamodb/agents.ts';
import { DynamoAuditLog } from '../../shared/aws/dynamodb/audit-log.ts';
import { DynamoDisposal } from '../../shared/aws/dynamodb/disposal.ts';
import { DynamoEventLog } from '../../shared/aws/dynamodb/event-log.ts';
import { DynamoOutbox } from '../../shared/aws/dynamodb/outbox.ts';
import { DynamoProjections } from '../../shared/aws/dynamodb/projections.ts';
import { DynamoRecords } from '../../shared/aws/dynamodb/records.ts';
import { type DynamoStore, openDynamoStore } from '../../shared/aws/dynamodb/store.ts';
import { tableName, tables } from '../../shared/aws/dynamodb/table.ts';
import { DynamoWaitTokens } from '../../shared/aws/dynamodb/wait-tokens.ts';
import { type DynamoDbLocal, dynamoDbLocalWay, startDynamoDbLocal } from '../support/dynamodb-local.ts';
import { createTableInput } from '../support/dynamodb-tables.ts';
import { reportAdapter } from './adapters-report.ts';
import type { Opened, Stores } from './stores.ts';

/** What DynamoDB keeps: queues are not among it. */
type Kept = Exclude<keyof Stores, 'queue' | 'clock'>;

/** A DynamoDB for the tests of one file, and stores on it. */
export interface DynamoDbUnderTest {
  readonly client: DynamoDBClient;
  /** Stores on tables of their own. */
  readonly stores: (context: TestContext) => Promise<Opened<Kept>>;
  /** Fresh tables, by the prefix of their names; they are gone after the test. */
  readonly makeTables: (context: TestContext) => Promise<string>;
}

/**
 * Starts DynamoDB Local, which is stopped when the file has ended, and says so. Answers what this machine lacks where it
 * can't be.
 */
export async function dynamoDbUnderTest(): Promise<DynamoDbUnderTest | string> {
  const way = dynamoDbLocalWay();
  if (way.kind === 'absent') {
    reportAdapter({ adapter: 'DynamoDB', absent: way.reason });
    return way.reason;
  }
  const local = await startDynamoDbLocal(way.kind);
  after(() => local.stop());
  reportAdapter({ adapter: 'DynamoDB', against: local.about });
  const client = clientOf(local);
  after(() => client.destroy());
  const makeTables = (context: TestContext) => freshTables(client, context);
  return {
    client,
    makeTables,
    stores: async (context) => openStores(local, await makeTables(context), context),
  };
}

/** A client of DynamoDB Local. */
export function clientOf({ endpoint }: Pick<DynamoDbLocal, 'endpoint'>): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}

async function freshTables(client: DynamoDBClient, context: TestContext): Promise<string> {
  const prefix = `test-${randomUUID()}`;
  for (const schema of tables) await client.send(new CreateTableCommand(createTableInput(prefix, schema)));
  context.after(async () => {
    for (const schema of tables)
      await client.send(new DeleteTableCommand({ TableName: tableName(prefix, schema) }));
  });
  return prefix;
}

/** As a process that has just started: a client of its own. */
function openStores(local: DynamoDbLocal, table: string, context: TestContext): Opened<Kept> {
  const client = clientOf(local);
  context.after(() => client.destroy());
  const store = openDynamoStore({ client, table });
  return { ...dynamoAdapters(store), reopen: async () => openStores(local, table, context) };
}

export function dynamoAdapters(store: DynamoStore) {
  return {
    log: new DynamoEventLog(store),
    projections: new DynamoProjections(store),
    agents: new DynamoAgents(store),
    auditLog: new DynamoAuditLog(store),
    records: new DynamoRecords(store),
    outbox: new DynamoOutbox(store),
    tokens: new DynamoWaitTokens(store),
    disposal: new DynamoDisposal(store),
  };
}
