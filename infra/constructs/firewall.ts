import type { Stage as ApiStage } from 'aws-cdk-lib/aws-apigateway';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { tagPurpose } from './tags.ts';

/** Refuses an address that asks too much, before anything of ours is asked. Six dollars a month. */
export class Firewall extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { names, stage, perFiveMinutes }: { names: Names; stage: ApiStage; perFiveMinutes: number },
  ) {
    super(scope, id);
    tagPurpose(this, 'Refuses addresses that ask too much');
    const seen = { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
    const acl = new CfnWebACL(this, 'Acl', {
      name: names.of('api'),
      description: 'At most so many requests from one address in five minutes',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: { ...seen, metricName: names.of('api') },
      rules: [
        {
          name: 'rate',
          priority: 0,
          action: { block: {} },
          statement: {
            rateBasedStatement: { limit: perFiveMinutes, evaluationWindowSec: 300, aggregateKeyType: 'IP' },
          },
          visibilityConfig: { ...seen, metricName: names.of('api-rate') },
        },
      ],
    });
    new CfnWebACLAssociation(this, 'Association', { resourceArn: stage.stageArn, webAclArn: acl.attrArn });
  }
}
