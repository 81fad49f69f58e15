import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type ExecutionName, executionArn, machineArn } from '../arns.ts';
import { describeExecution as describe, type ExecutionDescription } from '../describe.ts';
import type { StepFunctions } from '../engine.ts';
import type { ExecutionRow } from '../journal/journal.ts';
import { splitTestCase } from '../mocks/test-case.ts';
import { ServiceError } from '../service-error.ts';
import { arn, cause, checkName, error, executionName, isJson, page, payload, seconds } from './fields.ts';
import { operation } from './operation.ts';
import { pageToken, readPageToken } from './page-token.ts';
import { existing } from './state-machines.ts';

const newExecution = z.object({
  stateMachineArn: arn,
  name: z.string().optional(),
  input: payload.default('{}'),
});

/** Starting the same again answers the same while it runs. */
export const startExecution = operation(newExecution, async (stepFunctions, asked) => {
  const { arn: machineArn, testCase } = splitTestCase(asked.stateMachineArn);
  const machine = existing(stepFunctions, machineArn).name;
  const name = checkName(asked.name ?? randomUUID());
  if (!isJson(asked.input)) {
    const message = `Invalid State Machine Execution Input: '${asked.input.slice(0, 100)}'`;
    throw new ServiceError('InvalidExecutionInput', message);
  }
  const started = await stepFunctions.start({ machine, name, input: asked.input, testCase });
  if (started.outcome !== 'closed' && started.facts.input.text === asked.input) {
    return { executionArn: started.facts.arn, startDate: seconds(started.facts.startedAt) };
  }
  const taken = executionArn(stepFunctions.place, machine, name);
  throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${taken}'`);
});

export const describeExecution = operation(z.object({ executionArn: arn }), (stepFunctions, asked) => {
  const execution = found(stepFunctions, asked.executionArn);
  const { output, error: failed, cause: why } = execution.result;
  return {
    ...summary(stepFunctions, execution),
    input: execution.input,
    inputDetails: { included: true },
    ...(output === undefined ? {} : { output, outputDetails: { included: true } }),
    ...(failed === undefined ? {} : { error: failed }),
    ...(why === undefined ? {} : { cause: why }),
    redriveCount: 0,
  };
});

const status = z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']);
const filter = page.extend({ stateMachineArn: arn, statusFilter: status.optional() });

/** Newest first. What has just started or ended may be missing until the next commit. */
export const listExecutions = operation(filter, (stepFunctions, asked) => {
  const limit = asked.maxResults;
  const rows = stepFunctions.journal.list({
    machine: existing(stepFunctions, asked.stateMachineArn).name,
    status: asked.statusFilter,
    before: asked.nextToken === undefined ? undefined : readPageToken(asked.nextToken),
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    executions: shown.map((row) => summary(stepFunctions, row)),
    ...(rows.length > limit && last !== undefined ? { nextToken: pageToken(last.id) } : {}),
  };
});

const stop = z.object({ executionArn: arn, error: error.optional(), cause: cause.optional() });

/** Does nothing with one that has ended. */
export const stopExecution = operation(stop, async (stepFunctions, asked) => {
  const { machine, name } = found(stepFunctions, asked.executionArn);
  stepFunctions.stop({ machine, name }, { error: asked.error, cause: asked.cause });
  await stepFunctions.journal.settled();
  const row = stepFunctions.journal.find(machine, name);
  return { stopDate: seconds(row?.endedAt ?? 0) };
});

/** The execution of an ARN. */
export function found(stepFunctions: StepFunctions, given: string): ExecutionDescription {
  const execution = describe(stepFunctions, executionName(given));
  if (execution !== undefined) return execution;
  throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${given}'`);
}

type Summarised = ExecutionName & Pick<ExecutionRow, 'status' | 'startedAt' | 'endedAt'>;

function summary(
  { place }: StepFunctions,
  { machine, name, status: stands, startedAt, endedAt }: Summarised,
) {
  return {
    executionArn: executionArn(place, machine, name),
    stateMachineArn: machineArn(place, machine),
    name,
    status: stands,
    startDate: seconds(startedAt),
    ...(endedAt === null ? {} : { stopDate: seconds(endedAt) }),
  };
}
