import { isSamePlace, type MachineName } from '../arns.ts';
import type { StepFunctions } from '../engine.ts';
import type { VersionRow } from '../journal/catalogue.ts';
import type { RevisionRow } from '../journal/journal.ts';
import type { StateMachine } from '../machines/machines.ts';
import { ServiceError } from '../service-error.ts';
import { invalidArn, machineName } from './fields.ts';

/** What the ARN of a machine, a version or an alias leads to. */
export interface FoundMachine {
  readonly machine: StateMachine;
  /** As the ARN names it. */
  readonly asked: MachineName;
  /** The version's, or the machine's newest one. */
  readonly revision: RevisionRow;
  /** Of an alias the one that its first route leads to. */
  readonly version: VersionRow | undefined;
}

/** The machine, version or alias of an ARN. Throws `StateMachineDoesNotExist`. */
export function findMachine({ machines, place }: StepFunctions, stateMachineArn: string): FoundMachine {
  const asked = machineName(stateMachineArn);
  const machine = isSamePlace(asked, place) ? machines.get(asked.machine) : undefined;
  if (machine === undefined) throw unknown(stateMachineArn);
  const { qualifier } = asked;
  if (qualifier === undefined) return { machine, asked, revision: machine.newest, version: undefined };
  const route = machines.aliases.get(machine.name, qualifier)?.routes[0];
  const version = machines.versions.get(machine.name, route?.version ?? Number(qualifier));
  if (version === undefined) throw unknown(stateMachineArn);
  return { machine, asked, revision: machines.revision(version.revision), version };
}

/** The machine of an ARN without a version or an alias behind it. */
export function plainMachine(stepFunctions: StepFunctions, stateMachineArn: string): StateMachine {
  const { machines, place } = stepFunctions;
  const asked = machineName(stateMachineArn);
  const plain = isSamePlace(asked, place) && asked.qualifier === undefined;
  const machine = plain ? machines.get(asked.machine) : undefined;
  if (machine === undefined) throw unknown(stateMachineArn);
  return machine;
}

/** As `plainMachine`, of one that is not on its way out. */
export function changeable(stepFunctions: StepFunctions, stateMachineArn: string): StateMachine {
  const machine = plainMachine(stepFunctions, stateMachineArn);
  if (machine.status === 'ACTIVE') return machine;
  throw new ServiceError('StateMachineDeleting', `State Machine Deleting: '${stateMachineArn}'`);
}

/** What the ARN of a version names. */
export function versionName(given: string): MachineName & { readonly qualifier: string } {
  const { qualifier, ...name } = machineName(given);
  return qualifier === undefined ? invalidArn(given, []) : { ...name, qualifier };
}

function unknown(stateMachineArn: string): ServiceError {
  const message = `State Machine Does Not Exist: '${stateMachineArn}'`;
  return new ServiceError('StateMachineDoesNotExist', message);
}
