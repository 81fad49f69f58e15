import { executionArn, machineArn, type Place } from '../arns.ts';
import type { StepFunctions } from '../engine.ts';
import type { ExecutionStatus } from '../executions/execution.ts';
import { redriveFlaw } from '../executions/redrivable.ts';
import type { ExecutionRow, Journal } from '../journal/journal.ts';
import { mapRunArn } from '../map-runs/names.ts';
import { seconds } from './fields.ts';

type Summarised = Pick<
  ExecutionRow,
  'id' | 'machine' | 'name' | 'version' | 'alias' | 'startedAt' | 'endedAt' | 'redrive'
> & {
  readonly status: ExecutionStatus;
  readonly mapRun?: number | null | undefined;
  readonly mapItems?: number | null | undefined;
};

/** What lists and descriptions say of an execution. */
export function summary({ place, journal }: StepFunctions, execution: Summarised) {
  const { machine, name, version, alias, status, startedAt, endedAt, redrive } = execution;
  return {
    executionArn: executionArn(place, machine, name),
    stateMachineArn: machineArn(place, machine),
    name,
    status,
    startDate: seconds(startedAt),
    ...(endedAt === null ? {} : { stopDate: seconds(endedAt) }),
    ...(version === null ? {} : { stateMachineVersionArn: machineArn(place, machine, version) }),
    ...(alias === null ? {} : { stateMachineAliasArn: machineArn(place, machine, alias) }),
    ...child(place, journal, execution),
    redriveCount: redrive?.count ?? 0,
    ...(redrive === null ? {} : { redriveDate: seconds(redrive.at) }),
  };
}

function child(place: Place, { mapRuns }: Journal, { mapRun, mapItems }: Summarised) {
  const run = mapRun == null ? undefined : mapRuns.get(mapRun);
  if (run === undefined) return {};
  const arn = mapRunArn(machineArn(place, run.machine), run.label, run.uuid);
  return { mapRunArn: arn, itemCount: mapItems ?? 1 };
}

/** Whether it could be started again where it failed, and why not. */
export function redriveStatus(stepFunctions: StepFunctions, execution: Summarised) {
  const reason = redriveFlaw(stepFunctions, execution);
  if (reason !== undefined) return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: reason };
  return { redriveStatus: execution.mapRun == null ? 'REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN' };
}
