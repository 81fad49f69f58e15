import { z } from 'zod';
import { ServiceError } from '../service-error.ts';
import { arn, executionName, includedData, name, payload, traceHeader } from './fields.ts';
import { findMachine } from './find-machine.ts';
import { operation } from './operation.ts';

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

function unsupported(action: string): never {
  throw new ServiceError('UnknownOperationException', `Unknown operation: ${action}`);
}
