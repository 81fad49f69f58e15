import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { tell } from './tell.ts';

/** `AWS::DynamoDB::Table` (or `GlobalTable`) as a template declares it, as far as DynamoDB Local knows it. */
export interface DeclaredTable {
  readonly TableName: string;
  readonly AttributeDefinitions: NonNullable<CreateTableCommandInput['AttributeDefinitions']>;
  readonly KeySchema: NonNullable<CreateTableCommandInput['KeySchema']>;
  readonly GlobalSecondaryIndexes?: readonly GlobalSecondaryIndex[];
  readonly TimeToLiveSpecification?: { readonly AttributeName: string; readonly Enabled: boolean };
}

/** Makes what is missing of a table: the table itself, an index that a newer version brings, its time to live. */
export async function ensureTable(client: DynamoDBClient, declared: DeclaredTable): Promise<void> {
  const found = await describe(client, declared.TableName);
  if (found === undefined) await create(client, declared);
  else await addIndexes(client, declared, found);
  await ensureTimeToLive(client, declared);
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function create(client: DynamoDBClient, declared: DeclaredTable): Promise<void> {
  const { TableName, AttributeDefinitions, KeySchema } = declared;
  const indexes = indexesOf(declared);
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions,
      KeySchema,
      BillingMode: 'PAY_PER_REQUEST',
      ...(indexes.length > 0 ? { GlobalSecondaryIndexes: indexes } : {}),
    }),
  );
  tell(`made the table ${TableName}`);
}

/** One at a time, as the service wants it. */
async function addIndexes(
  client: DynamoDBClient,
  declared: DeclaredTable,
  found: TableDescription,
): Promise<void> {
  const there = new Set(found.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  for (const index of indexesOf(declared)) {
    if (there.has(index.IndexName)) continue;
    const { TableName, AttributeDefinitions } = declared;
    await client.send(
      new UpdateTableCommand({
        TableName,
        AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{ Create: index }],
      }),
    );
    tell(`added the index ${index.IndexName} to the table ${TableName}`);
  }
}

/** Only what the service takes: a template may say more of an index, such as its metrics. */
function indexesOf({ GlobalSecondaryIndexes = [] }: DeclaredTable): GlobalSecondaryIndex[] {
  return GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  }));
}

async function ensureTimeToLive(client: DynamoDBClient, declared: DeclaredTable): Promise<void> {
  const { TableName, TimeToLiveSpecification } = declared;
  if (!TimeToLiveSpecification?.Enabled) return;
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  if (TimeToLiveDescription?.AttributeName === TimeToLiveSpecification.AttributeName) return;
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}
