import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BlobBucket } from '../constructs/blob-bucket.ts';
import { CustomerKey } from '../constructs/customer-key.ts';
import type { Named, StoreReach } from '../constructs/reach.ts';
import { Tables } from '../constructs/tables.ts';
import type { Names } from '../names.ts';
import { has } from '../stages/stage.ts';

/** What outlives every other stack: the store, the blobs, and the key to both. */
export class DataStack extends Stack {
  readonly store: StoreReach;
  readonly bucket: Named;
  readonly key: CustomerKey['key'] | undefined;

  constructor(scope: Construct, id: string, names: Names, props: StackProps) {
    super(scope, id, props);
    this.key = has(names.stage, 'customer-key') ? new CustomerKey(this, 'Key', names).key : undefined;
    const { bucket } = new BlobBucket(this, 'Blobs', names, this.key);
    const { table } = new Tables(this, 'Store', names, this.key);
    void [bucket, table];
    const tableArn = this.formatArn({
      service: 'dynamodb',
      resource: 'table',
      resourceName: names.of('store'),
    });
    this.store = { kind: 'dynamodb', table: names.of('store'), arns: [tableArn, `${tableArn}/index/*`] };
    const name = names.bucket(this);
    this.bucket = { name, arn: `arn:${this.partition}:s3:::${name}` };
  }
}
