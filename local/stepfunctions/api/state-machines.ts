import * as z from 'zod';
import { isSamePlace, machineArn } from '../arns.ts';
import { DefinitionError } from '../definition/problems.ts';
import type { StepFunctions } from '../engine.ts';
import type { StateMachine } from '../machines/machines.ts';
import { machineResource } from '../machines/tags.ts';
import { ServiceError } from '../service-error.ts';
import { arn, checkName, machineName, name, page, seconds } from './fields.ts';
import { changeable } from './find-machine.ts';
import { operation } from './operation.ts';
import { pageOf } from './page-token.ts';
import { settingsAsked, settingsFields, settingsShown } from './settings.ts';
import { checkTagCount, tags } from './tags.ts';
import { publish, publishFields } from './versions.ts';

const definition = z.string().min(1).max(1_048_576);

const newStateMachine = z.object({
  name,
  definition,
  roleArn: arn,
  type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
  tags: tags.default([]),
  ...settingsFields,
  ...publishFields,
});

type NewStateMachine = z.output<typeof newStateMachine>;

/** Creating the same machine again answers the same, whatever role and tags are given; another of its name is refused. */
export const createStateMachine = operation(newStateMachine, async (stepFunctions, asked) => {
  checkPublishing(asked);
  const known = stepFunctions.machines.get(checkName(asked.name));
  const machine = known === undefined ? create(stepFunctions, asked) : same(stepFunctions, known, asked);
  const version = asked.publish ? publish(stepFunctions, machine.name, asked.versionDescription) : undefined;
  await stepFunctions.journal.settled();
  return {
    stateMachineArn: machineArn(stepFunctions.place, machine.name),
    creationDate: seconds(machine.createdAt),
    ...(version && { stateMachineVersionArn: version.arn }),
  };
});

function create(stepFunctions: StepFunctions, asked: NewStateMachine): StateMachine {
  const { name: machine, type, roleArn } = asked;
  const settings = settingsAsked(asked);
  const { machines, clock } = stepFunctions;
  checkTagCount(asked.tags);
  const draft = { machine, type, definition: asked.definition, roleArn, settings, at: clock.now() };
  const created = defining(() => machines.create(draft));
  machines.tags.add(machineResource(machine), asked.tags);
  return created;
}

/** The machine of that name, if it is what is asked for. */
function same(stepFunctions: StepFunctions, known: StateMachine, asked: NewStateMachine): StateMachine {
  const taken = machineArn(stepFunctions.place, known.name);
  if (known.status === 'DELETING') {
    throw new ServiceError('StateMachineDeleting', `State Machine Deleting: '${taken}'`);
  }
  const settings = JSON.stringify(settingsShown(settingsAsked(asked)));
  const isSame =
    known.type === asked.type &&
    known.newest.definition === asked.definition &&
    JSON.stringify(settingsShown(known.newest.settings)) === settings;
  if (isSame) return known;
  throw new ServiceError('StateMachineAlreadyExists', `State Machine Already Exists: '${taken}'`);
}

const change = z.object({
  stateMachineArn: arn,
  definition: definition.optional(),
  roleArn: arn.optional(),
  ...settingsFields,
  ...publishFields,
});

/** Executions started from then on follow it; what runs keeps what it was started with. */
export const updateStateMachine = operation(change, async (stepFunctions, asked) => {
  checkPublishing(asked);
  const machine = changeable(stepFunctions, asked.stateMachineArn);
  const settings = settingsAsked(asked);
  const { definition: text, roleArn } = asked;
  if (text === undefined && roleArn === undefined && Object.keys(settings).length === 0) {
    const message =
      'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified';
    throw new ServiceError('MissingRequiredParameter', message);
  }
  const at = stepFunctions.clock.now();
  const updated = defining(() =>
    stepFunctions.machines.update(machine.name, { definition: text, roleArn, settings, at }),
  );
  const version = asked.publish ? publish(stepFunctions, machine.name, asked.versionDescription) : undefined;
  await stepFunctions.journal.settled();
  const { revisionId } = updated.newest;
  return {
    updateDate: seconds(at),
    ...(revisionId === undefined ? {} : { revisionId }),
    ...(version && { stateMachineVersionArn: version.arn }),
  };
});

/** What runs of it may still end; once nothing does, its executions go and the name is free. */
export const deleteStateMachine = operation(
  z.object({ stateMachineArn: arn }),
  async (stepFunctions, { stateMachineArn }) => {
    const { machine, qualifier, ...place } = machineName(stateMachineArn);
    const isHere = qualifier === undefined && isSamePlace(place, stepFunctions.place);
    if (isHere) await stepFunctions.deleteStateMachine(machine);
    return {};
  },
);

export const listStateMachines = operation(page, (stepFunctions, asked) => {
  const { items, next } = pageOf(stepFunctions.machines.list(), asked, (machine) => machine.name);
  return {
    stateMachines: items.map(({ name: machine, type, createdAt }) => ({
      stateMachineArn: machineArn(stepFunctions.place, machine),
      name: machine,
      type,
      creationDate: seconds(createdAt),
    })),
    ...next,
  };
});

function checkPublishing({
  publish: asked,
  versionDescription,
}: z.output<z.ZodObject<typeof publishFields>>) {
  if (asked || versionDescription === undefined) return;
  throw new ServiceError('ValidationException', 'Version description can only be set when publish is true');
}

/** Tells what is wrong with a definition as the service does. */
function defining<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const flaw = flawOf(error);
    if (flaw === undefined) throw error;
    throw new ServiceError('InvalidDefinition', `Invalid State Machine Definition: '${flaw}'`);
  }
}

/** States within states beyond what the stack holds overflow it, before anything has been kept. */
function flawOf(error: unknown): string | undefined {
  if (error instanceof DefinitionError) return error.message;
  return error instanceof RangeError ? 'SCHEMA_VALIDATION_FAILED: States are nested too deeply' : undefined;
}
