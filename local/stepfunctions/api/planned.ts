import { z } from 'zod';
import { ServiceError } from '../service-error.ts';
import { arn, executionName, includedData, longArn, name, page, payload, traceHeader } from './fields.ts';
import { findMachine } from './find-machine.ts';
import { type Operation, operation } from './operation.ts';

/** Actions whose requests are checked and that the engine cannot do yet: they say so, and do nothing. */

const sync = z.object({
  stateMachineArn: arn,
  name: name.optional(),
  input: payload.default('{}'),
  traceHeader,
  includedData,
});

export const startSyncExecution = operation(sync, (stepFunctions, asked) => {
  const { machine } = findMachine(stepFunctions, asked.stateMachineArn);
  if (machine.type === 'EXPRESS') return unsupported('StartSyncExecution');
  const message = 'This operation is not supported by this type of state machine';
  throw new ServiceError('StateMachineTypeNotSupported', message);
});

const clientToken = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[!-~]+$/);

export const redriveExecution = operation(
  z.object({ executionArn: arn, clientToken: clientToken.optional() }),
  (_, asked) => {
    executionName(asked.executionArn);
    return unsupported('RedriveExecution');
  },
);

export const describeMapRun = planned('DescribeMapRun', z.object({ mapRunArn: longArn }));

export const listMapRuns = planned('ListMapRuns', page.extend({ executionArn: arn }));

export const updateMapRun = planned(
  'UpdateMapRun',
  z.object({
    mapRunArn: longArn,
    maxConcurrency: z.int().min(0).optional(),
    toleratedFailurePercentage: z.number().min(0).max(100).optional(),
    toleratedFailureCount: z.int().min(0).optional(),
  }),
);

function planned(action: string, schema: z.ZodType): Operation {
  return operation(schema, () => unsupported(action));
}

function unsupported(action: string): never {
  throw new ServiceError('UnknownOperationException', `Unknown operation: ${action}`);
}
