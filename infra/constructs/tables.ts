import {
  type Attribute,
  AttributeType,
  BillingMode,
  type GlobalSecondaryIndexProps,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { type IndexSchema, type TableSchema, tableName, tables } from '../../shared/aws/dynamodb/table.ts';
import type { Names } from '../names.ts';
import { removal } from './lifetimes.ts';
import { tagPurpose } from './tags.ts';

/** The tables of a deployment: paid by the request, restorable to any second of 35 days, encrypted with the key. */
export class Tables extends Construct {
  constructor(scope: Construct, id: string, names: Names, key: IKey | undefined) {
    super(scope, id);
    tagPurpose(this, 'Logs and records');
    for (const schema of tables) this.#add(schema, names, key);
  }

  #add(schema: TableSchema, names: Names, key: IKey | undefined): void {
    const { stage } = names;
    const table = new Table(this, schema.suffix, {
      tableName: tableName(names.prefix, schema),
      ...keysOf(schema),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      ...(schema.timeToLive ? { timeToLiveAttribute: schema.timeToLive } : {}),
      deletionProtection: stage.keepsData,
      removalPolicy: removal(stage),
      ...(key ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key } : {}),
    });
    for (const index of schema.indexes) table.addGlobalSecondaryIndex(indexOf(index));
  }
}

function indexOf(index: IndexSchema): GlobalSecondaryIndexProps {
  const { name: indexName, include } = index;
  return {
    indexName,
    ...keysOf(index),
    ...(include
      ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...include] }
      : { projectionType: ProjectionType.KEYS_ONLY }),
  };
}

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });

const keysOf = ({ partitionKey, sortKey }: Pick<TableSchema, 'partitionKey' | 'sortKey'>) => ({
  partitionKey: text(partitionKey),
  ...(sortKey ? { sortKey: text(sortKey) } : {}),
});
