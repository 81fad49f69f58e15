import { Duration } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { removal } from './lifetimes.ts';
import { tagPurpose } from './tags.ts';

/** The one key of a deployment, for everything that is kept: a dollar a month, and turned every year. */
export class CustomerKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string, names: Names) {
    super(scope, id);
    tagPurpose(this, 'Encrypts tables, blobs and secrets');
    this.key = new Key(this, 'Key', {
      alias: names.of('data'),
      description: `Tables, blobs and secrets of ${names.of('data')}`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      pendingWindow: Duration.days(names.stage.keepsData ? 30 : 7),
      removalPolicy: removal(names.stage),
    });
  }
}
