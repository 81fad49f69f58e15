import { z } from 'zod';
import { machineArn } from '../arns.ts';
import { DefinitionError } from '../definition/problems.ts';
import type { NewStateMachine, StepFunctions } from '../engine.ts';
import type { StateMachine } from '../machines.ts';
import { ServiceError } from '../service-error.ts';
import { arn, checkName, machineName, page, seconds } from './fields.ts';
import { operation } from './operation.ts';
import { pageToken, readPageToken } from './page-token.ts';

const newStateMachine = z.object({
  name: z.string(),
  definition: z.string().min(1).max(1_048_576),
  roleArn: arn,
  type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
});

/** Creating the same machine again answers the same; another of its name is refused. */
export const createStateMachine = operation(newStateMachine, async (stepFunctions, input) => {
  if (input.type !== 'STANDARD') {
    throw new ServiceError(
      'StateMachineTypeNotSupported',
      `State Machine Type Not Supported: '${input.type}'`,
    );
  }
  const machine = create(stepFunctions, { ...input, name: checkName(input.name) });
  await stepFunctions.journal.settled();
  return {
    stateMachineArn: machineArn(stepFunctions.place, machine.name),
    creationDate: seconds(machine.createdAt),
  };
});

function create(stepFunctions: StepFunctions, asked: Required<NewStateMachine>): StateMachine {
  const known = stepFunctions.machines.get(asked.name)?.newest;
  if (known !== undefined && (known.definition !== asked.definition || known.roleArn !== asked.roleArn)) {
    const taken = machineArn(stepFunctions.place, asked.name);
    throw new ServiceError('StateMachineAlreadyExists', `State Machine Already Exists: '${taken}'`);
  }
  try {
    return stepFunctions.putStateMachine(asked);
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    throw new ServiceError('InvalidDefinition', `Invalid State Machine Definition: '${error.message}'`);
  }
}

export const describeStateMachine = operation(z.object({ stateMachineArn: arn }), (stepFunctions, input) => {
  const machine = existing(stepFunctions, input.stateMachineArn);
  return {
    ...summary(stepFunctions, machine),
    status: 'ACTIVE',
    definition: machine.newest.definition,
    roleArn: machine.newest.roleArn,
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
  };
});

export const listStateMachines = operation(page, (stepFunctions, { maxResults, nextToken }) => {
  const from = nextToken === undefined ? 0 : readPageToken(nextToken);
  const machines = stepFunctions.machines.list();
  const shown = machines.slice(from, from + maxResults).map((machine) => summary(stepFunctions, machine));
  const next = from + shown.length;
  return { stateMachines: shown, ...(next < machines.length ? { nextToken: pageToken(next) } : {}) };
});

/** The machine of an ARN. */
export function existing(stepFunctions: StepFunctions, stateMachineArn: string): StateMachine {
  const machine = stepFunctions.machines.get(machineName(stateMachineArn));
  if (machine !== undefined) return machine;
  throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
}

function summary({ place }: StepFunctions, { name, createdAt }: StateMachine) {
  return {
    stateMachineArn: machineArn(place, name),
    name,
    type: 'STANDARD',
    creationDate: seconds(createdAt),
  };
}
