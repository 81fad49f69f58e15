import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Granted, may } from './granted.ts';
import type { Reach } from './reach.ts';

const reads = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem'];

/** Scans are for rebuilding and for moving house, by a person; no function has the right. */
const writes = [
  ...reads,
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
];

/** What DynamoDB asks of the key in the name of who reads, and of who writes. */
const opens = ['kms:Decrypt', 'kms:DescribeKey'];
const seals = [...opens, 'kms:Encrypt', 'kms:GenerateDataKey'];

/** What reading or writing the store takes. Of a database, every user reads and writes: rows know no roles. */
export function storeRight({ store, key }: Pick<Reach, 'store' | 'key'>, how: 'read' | 'write'): Granted {
  if (store.kind === 'postgres') {
    return {
      statements: [may(['rds-db:connect'], [store.userArn])],
      variables: {
        TANDEM_STORE: 'postgres',
        TANDEM_POSTGRES: store.address,
        TANDEM_POSTGRES_AUTH: 'iam',
      },
    };
  }
  const statements: PolicyStatement[] = [may(how === 'read' ? reads : writes, store.arns)];
  if (key) statements.push(may(how === 'read' ? opens : seals, [key]));
  return { statements, variables: { TANDEM_STORE: 'dynamodb', TANDEM_TABLE: store.table } };
}
