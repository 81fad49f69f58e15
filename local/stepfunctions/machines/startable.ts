import { machineArn, type Place } from '../arns.ts';
import { ServiceError } from '../service-error.ts';
import type { Machines, Start } from './machines.ts';

/** What an execution is to be started by. Throws `StateMachineDeleting` or `StateMachineDoesNotExist`. */
export function startable(
  { machines, place }: { readonly machines: Machines; readonly place: Place },
  { machine, qualifier }: { readonly machine: string; readonly qualifier?: string | undefined },
): Start {
  if (machines.get(machine)?.status === 'DELETING') {
    throw new ServiceError('StateMachineDeleting', `State Machine Deleting: '${machineArn(place, machine)}'`);
  }
  const start = machines.start(machine, qualifier);
  if (start !== undefined) return start;
  const arn = machineArn(place, machine, qualifier);
  throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}
