import * as z from 'zod';
import { isSamePlace } from '../arns.ts';
import { ServiceError } from '../service-error.ts';
import { arn, executionName, seconds } from './fields.ts';
import { operation } from './operation.ts';

const clientToken = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[!-~]+$/);

/** Begins an execution again where it failed. Asking once more with the same token answers the same for a while. */
export const redriveExecution = operation(
  z.object({ executionArn: arn, clientToken: clientToken.optional() }),
  async (stepFunctions, asked) => {
    const execution = executionName(asked.executionArn);
    if (!isSamePlace(execution, stepFunctions.place)) {
      throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${asked.executionArn}'`);
    }
    return { redriveDate: seconds(await stepFunctions.redrive(execution, asked.clientToken)) };
  },
);
