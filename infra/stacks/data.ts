import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { tableName, tables } from '../../shared/aws/dynamodb/table.ts';
import { BlobBucket } from '../constructs/blob-bucket.ts';
import { CustomerKey } from '../constructs/customer-key.ts';
import { Database } from '../constructs/database.ts';
import type { PrivateNetwork } from '../constructs/private-network.ts';
import type { Named, StoreReach } from '../constructs/reach.ts';
import { Tables } from '../constructs/tables.ts';
import type { FunctionSurroundings } from '../constructs/tandem-function.ts';
import type { Names } from '../names.ts';
import { has } from '../stages/stage.ts';

/** What outlives every other stack: the store, the blobs, and the key to both. */
export class DataStack extends Stack {
  readonly store: StoreReach;
  /** Names of tables; none where logs are in a database. */
  readonly tables: readonly string[];
  readonly bucket: Named;
  readonly key: Key | undefined;

  constructor(
    scope: Construct,
    id: string,
    {
      surroundings,
      network,
      ...props
    }: StackProps & {
      readonly surroundings: FunctionSurroundings;
      readonly network: PrivateNetwork | undefined;
    },
  ) {
    super(scope, id, props);
    const { names } = surroundings;
    this.key = has(names.stage, 'customer-key') ? new CustomerKey(this, 'Key', names).key : undefined;
    new BlobBucket(this, 'Blobs', names, this.key);
    const name = names.bucket(this);
    this.bucket = { name, arn: `arn:${this.partition}:s3:::${name}` };
    this.tables = names.stage.store === 'dynamodb' ? tables.map((one) => tableName(names.prefix, one)) : [];
    this.store = this.#store(surroundings, network);
  }

  #store({ names, bundles }: FunctionSurroundings, network: PrivateNetwork | undefined): StoreReach {
    if (names.stage.store === 'dynamodb') {
      new Tables(this, 'Store', names, this.key);
      return { kind: 'dynamodb', table: names.prefix, arns: this.#tableArns(names) };
    }
    if (network === undefined || this.key === undefined) throw new Error('Aurora takes a network and a key.');
    return new Database(this, 'Database', { names, bundles, network, key: this.key }).reach;
  }

  /** Tables and their indexes, by name: stacks that use them can be replaced without asking this one. */
  #tableArns(names: Names): string[] {
    return tables.flatMap((schema) => {
      const resourceName = tableName(names.prefix, schema);
      const arn = this.formatArn({ service: 'dynamodb', resource: 'table', resourceName });
      return [arn, ...schema.indexes.map((index) => `${arn}/index/${index.name}`)];
    });
  }
}
