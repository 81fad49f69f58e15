import { executionArn, machineArn, type Place } from '../arns.ts';
import type { StepFunctions } from '../engine.ts';
import type { ExecutionStatus } from '../executions/execution.ts';
import type { ExecutionRow, Journal } from '../journal/journal.ts';
import { mapRunArn } from '../map-runs/names.ts';
import { seconds } from './fields.ts';

/** How long after its end an execution may be started again where it failed, in milliseconds. */
const redrivableMs = 14 * 24 * 3_600_000;

type Summarised = Pick<ExecutionRow, 'machine' | 'name' | 'version' | 'alias' | 'startedAt' | 'endedAt'> & {
  readonly status: ExecutionStatus;
  readonly mapRun?: number | null | undefined;
  readonly mapItems?: number | null | undefined;
};

/** What lists and descriptions say of an execution. */
export function summary({ place, journal }: StepFunctions, execution: Summarised) {
  const { machine, name, version, alias, status, startedAt, endedAt } = execution;
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
    redriveCount: 0,
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
  const reason = flaw(stepFunctions, execution);
  if (reason === undefined) return { redriveStatus: 'REDRIVABLE' };
  return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: reason };
}

function flaw(
  { clock, machines }: StepFunctions,
  { machine, status, endedAt }: Summarised,
): string | undefined {
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if (machines.get(machine)?.status === 'DELETING') return 'State machine is in DELETING status';
  const isLate = endedAt !== null && clock.now() - endedAt > redrivableMs;
  return isLate ? 'Execution redrivable period exceeded' : undefined;
}
