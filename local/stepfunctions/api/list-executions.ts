import * as z from 'zod';
import type { StepFunctions } from '../engine.ts';
import type { ExecutionFilter } from '../journal/journal.ts';
import { childMachine } from '../map-runs/names.ts';
import { ServiceError, unsupportedType } from '../service-error.ts';
import { arn, longArn, page } from './fields.ts';
import { findMachine } from './find-machine.ts';
import { existingMapRun } from './map-runs.ts';
import { operation } from './operation.ts';
import { pageToken, readPageToken } from './page-token.ts';
import { summary } from './summary.ts';

/** In the order in which AWS tells them. */
const statusFilter = z.enum(['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING']);

const filter = page.extend({
  stateMachineArn: arn.optional(),
  mapRunArn: longArn.optional(),
  statusFilter: statusFilter.optional(),
  redriveFilter: z.enum(['REDRIVEN', 'NOT_REDRIVEN']).optional(),
  nextToken: z.string().min(1).max(3_096).optional(),
});

/** Newest first. What has just started or ended may be missing until the next commit. */
export const listExecutions = operation(filter, (stepFunctions, asked) => {
  const limit = asked.maxResults;
  const before = asked.nextToken === undefined ? undefined : readPageToken(asked.nextToken);
  const sought = filterOf(stepFunctions, asked);
  const rows =
    sought === undefined ? [] : stepFunctions.journal.list({ ...sought, before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    executions: shown.map((row) => summary(stepFunctions, row)),
    ...(rows.length > limit && last !== undefined ? { nextToken: pageToken(last.id) } : {}),
  };
});

/** `undefined` where no execution can be like that. */
function filterOf(
  stepFunctions: StepFunctions,
  asked: z.output<typeof filter>,
): Omit<ExecutionFilter, 'before' | 'limit'> | undefined {
  const { machine, qualifier, version, mapRun } = machineAsked(stepFunctions, asked);
  const { statusFilter: status, redriveFilter } = asked;
  // Children are redriven at once with their map run.
  if (status === 'PENDING_REDRIVE') return undefined;
  const redriven = redriveFilter === undefined ? undefined : redriveFilter === 'REDRIVEN';
  if (qualifier === undefined) return { machine, status, mapRun, redriven };
  const isAlias = stepFunctions.machines.aliases.get(machine, qualifier) !== undefined;
  return isAlias ? { machine, status, alias: qualifier } : { machine, status, version: version?.number };
}

function machineAsked(
  stepFunctions: StepFunctions,
  { stateMachineArn, mapRunArn, redriveFilter }: z.output<typeof filter>,
) {
  if (mapRunArn !== undefined && stateMachineArn === undefined) {
    const run = existingMapRun(stepFunctions, mapRunArn);
    const none = { qualifier: undefined, version: undefined };
    return { machine: childMachine(run.machine, run.label), mapRun: run.id, ...none };
  }
  if (stateMachineArn === undefined || mapRunArn !== undefined) {
    const rule = 'Must provide a StateMachine ARN or MapRun ARN';
    throw new ServiceError('ValidationException', `1 validation error detected: ${rule}`);
  }
  if (redriveFilter !== undefined) {
    const rule = 'RedriveFilter is only supported with a MapRun ARN';
    throw new ServiceError('ValidationException', `1 validation error detected: ${rule}`);
  }
  const { machine, asked, version } = findMachine(stepFunctions, stateMachineArn);
  if (machine.type !== 'STANDARD') throw unsupportedType();
  return { machine: machine.name, mapRun: undefined, qualifier: asked.qualifier, version };
}
