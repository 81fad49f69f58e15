import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { removal } from './lifetimes.ts';

/** The table of a deployment: paid by the request, restorable to any second of 35 days, encrypted with the key. */
export class Tables extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, names: Names, key: IKey | undefined) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      tableName: names.of('store'),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'ttl',
      deletionProtection: names.stage.keepsData,
      removalPolicy: removal(names.stage),
      ...(key ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key } : {}),
    });
    void ProjectionType;
  }
}
