import type { Right } from '../../functions/deployed/function-spec.ts';
import type { KeyName, QueueName } from '../names.ts';
import { type Granted, may } from './granted.ts';
import type { Reach } from './reach.ts';
import { storeRight } from './store-rights.ts';
import { workersRight } from './worker-rights.ts';

const rights: Readonly<Record<Right, (reach: Reach) => Granted>> = {
  'store:read': (reach) => storeRight(reach, 'read'),
  'store:write': (reach) => storeRight(reach, 'write'),
  'blobs:read': (reach) => blobs(reach, ['s3:GetObject'], ['kms:Decrypt']),
  'blobs:write': (reach) =>
    blobs(
      reach,
      ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    ),
  'blobs:delete': (reach) => blobs(reach, ['s3:DeleteObject', 's3:DeleteObjectVersion'], []),
  'engine:run': ({ machine }) => ({
    statements: [
      may(['states:StartExecution'], [machine.starts]),
      may(['states:DescribeExecution', 'states:StopExecution'], [machine.executions]),
    ],
    variables: { TANDEM_MACHINE: machine.starts },
  }),
  'engine:answer': ({ machine }) => ({
    statements: [
      may(['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'], [machine.arn]),
    ],
    variables: { TANDEM_MACHINE: machine.starts },
  }),
  'reconcile:send': (reach) => sends(reach, 'reconcile', 'TANDEM_RECONCILE_QUEUE'),
  'reconcile:consume': (reach) => consumes(reach, 'reconcile', 'TANDEM_RECONCILE_QUEUE'),
  'refusals:send': (reach) => sends(reach, 'refusals', 'TANDEM_REFUSALS_QUEUE'),
  'refusals:consume': (reach) => consumes(reach, 'refusals', 'TANDEM_REFUSALS_QUEUE'),
  'live:send': (reach) => sends(reach, 'live', 'TANDEM_LIVE_QUEUE'),
  'live:consume': (reach) => consumes(reach, 'live', 'TANDEM_LIVE_QUEUE'),
  'connections:send': ({ connections }) => ({
    statements: connections.arn ? [may(['execute-api:ManageConnections'], [connections.arn])] : [],
    variables: { TANDEM_CONNECTIONS: connections.endpoint },
  }),
  'programs:invoke': ({ program, spaceTenancy }) => ({
    statements: [may(['lambda:InvokeFunction'], [program.arn])],
    variables: { TANDEM_PROGRAM_FUNCTION: program.name, TANDEM_SPACE_TENANCY: spaceTenancy },
  }),
  'workers:run': workersRight,
  'key:tickets': (reach) => key(reach, 'tickets', 'TANDEM_KEY_TICKETS'),
  'key:heads': (reach) => key(reach, 'heads', 'TANDEM_KEY_HEADS'),
  'key:webhooks': (reach) => key(reach, 'webhooks', 'TANDEM_KEY_WEBHOOKS'),
};

/** Everything that rights come to in a deployment. */
export function grant(all: readonly Right[], reach: Reach): Granted {
  const granted = all.map((right) => rights[right](reach));
  return {
    statements: granted.flatMap(({ statements }) => statements),
    variables: Object.assign({}, ...granted.map(({ variables }) => variables)),
  };
}

function blobs(reach: Reach, onObjects: readonly string[], onKey: readonly string[]): Granted {
  const { bucket, key: customerKey, signedUrl, blobsCredentials } = reach;
  return {
    statements: [
      may(onObjects, [`${bucket.arn}/*`]),
      // Without it S3 answers 403 instead of 404 for an object that is not there.
      may(['s3:ListBucket'], [bucket.arn]),
      ...(customerKey && onKey.length > 0 ? [may(onKey, [customerKey])] : []),
    ],
    variables: {
      TANDEM_BUCKET: bucket.name,
      ...(signedUrl ? { TANDEM_SIGNED_URL: signedUrl } : {}),
      ...(blobsCredentials ? { TANDEM_BLOBS_CREDENTIALS: blobsCredentials } : {}),
    },
  };
}

const sends = ({ queues }: Reach, queue: QueueName, variable: string): Granted => ({
  statements: [may(['sqs:SendMessage'], [queues[queue].arn])],
  variables: { [variable]: queues[queue].url },
});

const consumes = ({ queues }: Reach, queue: QueueName, variable: string): Granted => ({
  statements: [
    may(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      [queues[queue].arn],
    ),
    // What nobody can work off is put there with its reason, which SQS itself would not say.
    may(['sqs:SendMessage'], [`${queues[queue].arn}-dead`]),
  ],
  variables: { [variable]: queues[queue].url },
});

const key = (reach: Reach, name: KeyName, variable: string): Granted => ({
  statements: [
    may(['secretsmanager:GetSecretValue'], [reach.keys[name].arn]),
    ...(reach.key ? [may(['kms:Decrypt'], [reach.key])] : []),
  ],
  variables: { [variable]: reach.keys[name].name },
});
