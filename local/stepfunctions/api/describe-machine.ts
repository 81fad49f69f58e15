import * as z from 'zod';
import { machineArn } from '../arns.ts';
import type { StepFunctions } from '../engine.ts';
import type { RevisionRow } from '../journal/journal.ts';
import { mapRunArn } from '../map-runs/names.ts';
import { found } from './executions.ts';
import { arn, includedData, seconds } from './fields.ts';
import { findMachine } from './find-machine.ts';
import { operation } from './operation.ts';
import { settingsShown } from './settings.ts';

/** By the ARN of the machine, of a version or of an alias. */
export const describeStateMachine = operation(
  z.object({ stateMachineArn: arn, includedData }),
  (stepFunctions, asked) => {
    const { machine, revision, version } = findMachine(stepFunctions, asked.stateMachineArn);
    return {
      stateMachineArn: asked.stateMachineArn,
      name: machine.name,
      status: machine.status,
      type: machine.type,
      creationDate: seconds(version?.publishedAt ?? machine.createdAt),
      ...(version?.description === undefined ? {} : { description: version.description }),
      ...content(stepFunctions, revision, asked.includedData),
    };
  },
);

/** As it was when the execution started. */
export const describeStateMachineForExecution = operation(
  z.object({ executionArn: arn, includedData }),
  (stepFunctions, asked) => {
    const { machine, revision, mapRun } = found(stepFunctions, asked.executionArn);
    const followed = stepFunctions.machines.revision(revision);
    return {
      stateMachineArn: machineArn(stepFunctions.place, machine),
      name: machine,
      updateDate: seconds(followed.at),
      ...mapRunOf(stepFunctions, mapRun),
      ...content(stepFunctions, followed, asked.includedData),
    };
  },
);

/** Of a child execution: the map run, and the label of its state. */
function mapRunOf({ journal, place }: StepFunctions, mapRun: number | null | undefined) {
  const run = mapRun == null ? undefined : journal.mapRuns.get(mapRun);
  if (run === undefined) return {};
  return { mapRunArn: mapRunArn(machineArn(place, run.machine), run.label, run.uuid), label: run.label };
}

/** What a revision says of itself. */
function content(
  { machines }: StepFunctions,
  revision: RevisionRow,
  included: z.output<typeof includedData>,
) {
  const { variableReferences } = machines.compiled(revision.id);
  return {
    ...(Object.keys(variableReferences).length === 0 ? {} : { variableReferences }),
    definition: included === 'METADATA_ONLY' ? '{}' : revision.definition,
    roleArn: revision.roleArn,
    ...settingsShown(revision.settings),
    ...(revision.revisionId === undefined ? {} : { revisionId: revision.revisionId }),
  };
}
