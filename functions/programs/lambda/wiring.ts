import { LambdaProgramHost, type LambdaProgramHostOptions } from '../../../shared/aws/lambda/program-host.ts';
import { lambdaClient } from '../../../shared/aws/sdk/lambda.ts';
import type { ProgramHost } from '../../../shared/ports/program-host.ts';

/** Programs in a Lambda function. `ports`: what it is put together with, looked up when it is needed. */
export const lambdaPrograms = (
  called: Pick<LambdaProgramHostOptions, 'functionName' | 'tenancy' | 'passing'>,
  ports: () => Pick<LambdaProgramHostOptions, 'agents' | 'blobs'>,
): ProgramHost =>
  new LambdaProgramHost({
    client: lambdaClient(),
    ...called,
    get agents() {
      return ports().agents;
    },
    get blobs() {
      return ports().blobs;
    },
  });
