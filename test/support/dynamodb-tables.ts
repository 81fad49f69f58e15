import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { type TableSchema, tableName } from '../../shared/aws/dynamodb/table.ts';

/** What makes a table of this schema. */
export function createTableInput(prefix: string, schema: TableSchema): CreateTableCommandInput {
  const { indexes } = schema;
  const attributes = new Set([schema, ...indexes].flatMap((keyed) => keysOf(keyed)));
  return {
    TableName: tableName(prefix, schema),
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...attributes].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: keySchema(schema),
    ...(indexes.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: indexes.map((index) => ({
            IndexName: index.name,
            KeySchema: keySchema(index),
            Projection: index.include
              ? { ProjectionType: 'INCLUDE', NonKeyAttributes: [...index.include] }
              : { ProjectionType: 'KEYS_ONLY' },
          })),
        }),
  };
}

type Keyed = Pick<TableSchema, 'partitionKey' | 'sortKey'>;

const keysOf = ({ partitionKey, sortKey }: Keyed): readonly string[] =>
  sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];

function keySchema(keyed: Keyed): NonNullable<CreateTableCommandInput['KeySchema']> {
  return keysOf(keyed).map((name, index) => ({
    AttributeName: name,
    KeyType: index === 0 ? 'HASH' : 'RANGE',
  }));
}
