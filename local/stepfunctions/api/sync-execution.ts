import { machineArn } from '../arns.ts';
import type { StepFunctions } from '../engine.ts';
import type { ExpressEnd, ExpressRun } from '../express/express.ts';
import { ServiceError, unsupportedType } from '../service-error.ts';
import { executionAsked, newExecution } from './executions.ts';
import { includedData, seconds } from './fields.ts';
import { operation } from './operation.ts';

/** What is billed at the least, in milliseconds, and in what steps. */
const billedStepMs = 100;

/** Of whatever an execution needs, the least that is billed. */
const billedMemoryMb = 64;

/** Runs an execution of an Express machine and answers its end, also where it has failed. It goes on if the caller leaves. */
export const startSyncExecution = operation(
  newExecution.extend({ includedData }),
  async (stepFunctions, asked) => {
    const { machine, wanted } = executionAsked(stepFunctions, asked);
    if (machine.type !== 'EXPRESS') throw unsupportedType();
    const run = stepFunctions.startExpress(wanted);
    const end = await run.ended;
    if (end === undefined) {
      throw new ServiceError('ServiceUnavailable', 'The engine has closed before the execution ended.');
    }
    const { traceHeader } = asked;
    return {
      ...told(stepFunctions, run, end),
      ...dataTold(run, end, asked.includedData === 'ALL_DATA'),
      ...(traceHeader === undefined ? {} : { traceHeader }),
    };
  },
);

function told({ place }: StepFunctions, { facts }: ExpressRun, { status, at, result }: ExpressEnd) {
  const { error, cause } = result;
  const steps = Math.max(1, Math.ceil((at - facts.startedAt) / billedStepMs));
  return {
    executionArn: facts.arn,
    stateMachineArn: machineArn(place, facts.machineName),
    name: facts.name,
    startDate: seconds(facts.startedAt),
    stopDate: seconds(at),
    status,
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    billingDetails: {
      billedDurationInMilliseconds: steps * billedStepMs,
      billedMemoryUsedInMB: billedMemoryMb,
    },
  };
}

/** The service tells of an output's details also where there is no output. */
function dataTold({ facts }: ExpressRun, { result }: ExpressEnd, included: boolean) {
  const { output } = result;
  return {
    ...(included ? { input: facts.input.text } : {}),
    inputDetails: { included },
    ...(included && output !== undefined ? { output } : {}),
    outputDetails: { included },
  };
}
