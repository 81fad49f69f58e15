import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { executionArn, isSamePlace } from '../arns.ts';
import { describeExecution as describe, type ExecutionDescription } from '../describe.ts';
import type { NewExecution, StepFunctions } from '../engine.ts';
import type { StateMachine } from '../machines/machines.ts';
import { ServiceError } from '../service-error.ts';
import {
  arn,
  cause,
  checkName,
  error,
  executionName,
  includedData,
  name,
  payload,
  seconds,
  traceHeader,
} from './fields.ts';
import { findMachine } from './find-machine.ts';
import { checkInput } from './json-text.ts';
import { operation } from './operation.ts';
import { redriveStatus, summary } from './summary.ts';

export const newExecution = z.object({
  stateMachineArn: arn,
  name: name.optional(),
  input: payload.default('{}'),
  traceHeader,
});

/** By the ARN of a machine, a version or an alias. Starting the same again answers the same while it runs. */
export const startExecution = operation(newExecution, async (stepFunctions, asked) => {
  const { machine, wanted } = executionAsked(stepFunctions, asked);
  const started =
    machine.type === 'EXPRESS'
      ? stepFunctions.startExpress(wanted)
      : await startStandard(stepFunctions, wanted);
  return { executionArn: started.facts.arn, startDate: seconds(started.facts.startedAt) };
});

async function startStandard(stepFunctions: StepFunctions, wanted: NewExecution) {
  const started = await stepFunctions.start(wanted);
  if (started.outcome !== 'closed' && started.facts.input.text === wanted.input) return started;
  const taken = executionArn(stepFunctions.place, wanted.machine, wanted.name);
  throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${taken}'`);
}

/** What is to be started; an execution without a name is given one. */
export function executionAsked(
  stepFunctions: StepFunctions,
  asked: z.output<typeof newExecution>,
): { readonly machine: StateMachine; readonly wanted: NewExecution } {
  const { machine, asked: by } = findMachine(stepFunctions, asked.stateMachineArn);
  const named = checkName(asked.name ?? randomUUID());
  checkInput(asked.input);
  const { qualifier, testCase } = by;
  return { machine, wanted: { machine: machine.name, qualifier, name: named, input: asked.input, testCase } };
}

export const describeExecution = operation(
  z.object({ executionArn: arn, includedData }),
  (stepFunctions, asked) => {
    const execution = found(stepFunctions, asked.executionArn);
    const { output, error: failed, cause: why } = execution.result;
    const included = asked.includedData === 'ALL_DATA';
    const { itemCount: _, ...told } = summary(stepFunctions, execution);
    return {
      ...told,
      ...(included ? { input: execution.input } : {}),
      inputDetails: { included },
      ...(output === undefined ? {} : { ...(included ? { output } : {}), outputDetails: { included } }),
      ...(failed === undefined ? {} : { error: failed }),
      ...(why === undefined ? {} : { cause: why }),
      ...redriveStatus(stepFunctions, execution),
    };
  },
);

const stop = z.object({ executionArn: arn, error: error.optional(), cause: cause.optional() });

/** Does nothing with one that has ended. */
export const stopExecution = operation(stop, async (stepFunctions, asked) => {
  const { id, machine, name: named } = found(stepFunctions, asked.executionArn);
  stepFunctions.stop({ machine, name: named }, { error: asked.error, cause: asked.cause });
  await stepFunctions.durable(id);
  const row = stepFunctions.journal.find(machine, named);
  return { stopDate: seconds(row?.endedAt ?? 0) };
});

/** The execution of an ARN. */
export function found(stepFunctions: StepFunctions, given: string): ExecutionDescription {
  const asked = executionName(given);
  const execution = isSamePlace(asked, stepFunctions.place) ? describe(stepFunctions, asked) : undefined;
  if (execution !== undefined) return execution;
  throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${given}'`);
}
