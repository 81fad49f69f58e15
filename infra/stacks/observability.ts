import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms, type Watched } from '../constructs/alarms.ts';
import { Overview } from '../constructs/overview.ts';
import type { Names } from '../names.ts';

/** What tells people how a deployment is: alarms, and a dashboard. */
export class ObservabilityStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { names, watched, ...props }: StackProps & { readonly names: Names; readonly watched: Watched },
  ) {
    super(scope, id, props);
    new Alarms(this, 'Alarms', names, watched);
    new Overview(this, 'Overview', names, watched);
  }
}
