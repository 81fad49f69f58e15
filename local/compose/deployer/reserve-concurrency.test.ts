import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { resourcesOf } from './assembly.ts';
import { type DeclaredFunction, reserveConcurrency } from './reserve-concurrency.ts';

it('limits the functions whose template says so, and no others', async () => {
  const asked: unknown[] = [];
  const send = async ({ input }: PutFunctionConcurrencyCommand) => asked.push(input);
  const Type = 'AWS::Lambda::Function';
  const template = {
    Resources: {
      Step: { Type, Properties: { FunctionName: 'step', ReservedConcurrentExecutions: 4 } },
      Closed: { Type, Properties: { FunctionName: 'closed', ReservedConcurrentExecutions: 0 } },
      Route: { Type, Properties: { FunctionName: 'route' } },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'queue' } },
    },
  };
  const declared = resourcesOf({ name: 'stack', template }, [Type]) as unknown as DeclaredFunction[];
  await reserveConcurrency({ send } as unknown as LambdaClient, declared);
  assert.deepEqual(asked, [
    { FunctionName: 'step', ReservedConcurrentExecutions: 4 },
    { FunctionName: 'closed', ReservedConcurrentExecutions: 0 },
  ]);
});
