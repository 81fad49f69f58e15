import { z } from 'zod';
import { ServiceError } from '../service-error.ts';
import { arn, executionName } from './fields.ts';
import { operation } from './operation.ts';

/** Actions whose requests are checked and that the engine cannot do yet: they say so, and do nothing. */

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
