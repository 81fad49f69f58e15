import { CloudControlClient } from '@aws-sdk/client-cloudcontrol';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client } from '@aws-sdk/client-s3';

/** What a stage is removed with. */
export interface Aws {
  readonly stacks: CloudFormationClient;
  /** Knows every kind of resource that CloudFormation makes, by the same names. */
  readonly resources: CloudControlClient;
  readonly objects: S3Client;
  readonly logs: CloudWatchLogsClient;
  /** Between two looks at something that takes its time, in seconds. */
  readonly pause: { readonly minDelay: number; readonly maxDelay: number };
}

export function currentAws(): Aws {
  // Many requests in a row: what is throttled is asked again with a pause.
  const settings = { maxAttempts: 10 };
  return {
    stacks: new CloudFormationClient(settings),
    resources: new CloudControlClient(settings),
    objects: new S3Client(settings),
    logs: new CloudWatchLogsClient(settings),
    pause: { minDelay: 2, maxDelay: 10 },
  };
}
