import * as z from 'zod';
import { executionArn, isSamePlace, machineArn, mapRunOfArn, type Place } from '../arns.ts';
import type { StepFunctions } from '../engine.ts';
import type { MapRunLimits, MapRunRow } from '../journal/map-runs.ts';
import { childMachine, mapRunArn } from '../map-runs/names.ts';
import { ServiceError } from '../service-error.ts';
import { found } from './executions.ts';
import { arn, invalidArn, longArn, page, seconds } from './fields.ts';
import { operation } from './operation.ts';
import { pageOf } from './page-token.ts';

/** What has just happened to its children is told once that is durable. */
export const describeMapRun = operation(z.object({ mapRunArn: longArn }), async (stepFunctions, asked) => {
  await stepFunctions.journal.settled();
  const run = existingMapRun(stepFunctions, asked.mapRunArn);
  const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = run.limits;
  const { stateMachineArn: _, ...told } = summary(stepFunctions.place, run);
  return {
    ...told,
    status: run.status,
    maxConcurrency,
    toleratedFailureCount: toleratedFailureCount ?? 0,
    toleratedFailurePercentage: toleratedFailurePercentage ?? 0,
    itemCounts: counts(stepFunctions, run, 'items'),
    executionCounts: counts(stepFunctions, run, 'children'),
    redriveCount: 0,
  };
});

/** The map runs of an execution, oldest first. */
export const listMapRuns = operation(page.extend({ executionArn: arn }), async (stepFunctions, asked) => {
  const { id } = found(stepFunctions, asked.executionArn);
  await stepFunctions.journal.settled();
  const runs = pageOf(stepFunctions.journal.mapRuns.of(id), asked, (run) => run.id);
  return { mapRuns: runs.items.map((run) => summary(stepFunctions.place, run)), ...runs.next };
});

const update = z.object({
  mapRunArn: longArn,
  maxConcurrency: z.int().min(0).optional(),
  toleratedFailurePercentage: z.number().min(0).max(100).optional(),
  toleratedFailureCount: z.int().min(0).optional(),
});

/** Takes effect at once: a smaller limit starts no child until so many have ended. */
export const updateMapRun = operation(update, async (stepFunctions, { mapRunArn: asked, ...limits }) => {
  await stepFunctions.journal.settled();
  const run = existingMapRun(stepFunctions, asked);
  if (run.status !== 'RUNNING') throw invalid(`Map Run is ${run.status} and cannot be updated`);
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  if (given.length === 0) {
    throw invalid(
      'Must provide at least one of maxConcurrency, toleratedFailureCount, toleratedFailurePercentage',
    );
  }
  stepFunctions.mapRuns.limit(run, { ...run.limits, ...Object.fromEntries(given) } as MapRunLimits);
  await stepFunctions.journal.settled();
  return {};
});

/** The map run of an ARN. Throws `InvalidArn` and `ResourceNotFound`. */
export function existingMapRun({ journal, place }: StepFunctions, given: string): MapRunRow {
  const asked = mapRunOfArn(given) ?? invalidArn(given, ['mapRun']);
  const run = isSamePlace(asked, place) ? journal.mapRuns.find(asked.uuid) : undefined;
  if (run !== undefined && asked.machine === childMachine(run.machine, run.label)) return run;
  throw new ServiceError('ResourceNotFound', `Resource not found: '${given}'`);
}

function summary(place: Place, { label, uuid, machine, name, startedAt, endedAt }: MapRunRow) {
  return {
    executionArn: executionArn(place, machine, name),
    mapRunArn: mapRunArn(machineArn(place, machine), label, uuid),
    stateMachineArn: machineArn(place, childMachine(machine, label)),
    startDate: seconds(startedAt),
    ...(endedAt === null ? {} : { stopDate: seconds(endedAt) }),
  };
}

const names = {
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
} as const;

function counts({ journal }: StepFunctions, run: MapRunRow, of: 'items' | 'children') {
  const counted = { running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0 };
  for (const count of journal.mapRuns.counts(run.id)) counted[names[count.status]] = count[of];
  const begun = Object.values(counted).reduce((sum, count) => sum + count, 0);
  const total = run[of] ?? 0;
  const resultsWritten = run.status === 'SUCCEEDED' ? begun : 0;
  const redrive = { failuresNotRedrivable: 0, pendingRedrive: 0 };
  return { ...counted, pending: total - begun, total, resultsWritten, ...redrive };
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
