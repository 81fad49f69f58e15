import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { deploymentFile } from '../deployment.ts';
import { startService } from '../service.ts';
import { readAssembly, resourcesOf } from './assembly.ts';
import { type DeclaredBucket, ensureBucket } from './buckets.ts';
import { Deployer } from './deployer.ts';
import { removeFunctionContainers } from './function-containers.ts';
import { type DeclaredTable, ensureTable } from './tables.ts';
import { durableTypes, TwinStack } from './twin-stack.ts';

/** Open as long as the stack is deployed: for the health check of its container. */
const healthPort = 4_402;

/** What Compose sets. */
const {
  AWS_REGION: region = 'us-east-1',
  AWS_ENDPOINT_URL: localstack = '',
  BLOBS_CREDENTIALS: blobsCredentials = '',
  FUNCTIONS_LABEL: label = '',
} = process.env;

const assembly = readAssembly(fileURLToPath(new URL('../../../cdk.out', import.meta.url)));
const declared = <T>(types: readonly string[]) =>
  assembly.stacks.flatMap((stack) => resourcesOf(stack, types)) as T[];

async function makeDurable(): Promise<void> {
  const [accessKeyId = '', secretAccessKey = ''] = blobsCredentials.split(':');
  const dynamodb = new DynamoDBClient({ region });
  const s3 = new S3Client({ region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } });
  for (const table of declared<DeclaredTable>(durableTypes.tables)) await ensureTable(dynamodb, table);
  for (const bucket of declared<DeclaredBucket>(durableTypes.buckets)) await ensureBucket(s3, bucket);
  dynamodb.destroy();
  s3.destroy();
}

/** Also on AWS, it is what looks at every run when their executions may be lost. */
async function reconcile(): Promise<void> {
  const lambda = new LambdaClient({ region });
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: 'tandem-twin-reconcile', Payload: JSON.stringify({ lost: true }) }),
  );
  lambda.destroy();
  if (FunctionError) throw new Error(`Runs could not be looked at: ${Buffer.from(Payload ?? []).toString()}`);
}

await startService('deployer', async () => {
  const stopped = new AbortController();
  const door = createServer((socket) => socket.destroy());
  const deployer = new Deployer({
    stack: new TwinStack({
      assembly,
      client: new CloudFormationClient({ region, maxAttempts: 1 }),
      functions: new LambdaClient({ region }),
      region,
      localstack,
      data: '/data',
      blobsCredentials,
    }),
    file: deploymentFile,
    makeDurable,
    tidyUp: () => removeFunctionContainers(label),
    reconcile,
    told(isDeployed) {
      if (isDeployed) door.listen(healthPort, '127.0.0.1');
      else door.close();
    },
  });
  const running = deployer.run(stopped.signal).catch((error: unknown) => {
    if (!stopped.signal.aborted) throw error;
  });
  return {
    async close() {
      stopped.abort();
      door.close();
      await running;
      await deployer.close();
    },
  };
});
