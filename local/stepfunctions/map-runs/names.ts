import { createHash } from 'node:crypto';
import type { ExecutionFacts } from '../executions/execution.ts';

/** Where names of map runs and of what they start come from. */
const namespace = Buffer.from('8f2f0a4d6f5b4c4e9d0c2a7b1e3d5c60', 'hex');

/** What a map run is called: the same whenever it is asked of the event that starts it. */
export function mapRunId({ arn, startedAt }: ExecutionFacts, started: number): string {
  return nameUuid(`${arn}@${startedAt}#${started}`);
}

/** `machineArn`: of the state machine whose execution has started it. */
export function mapRunArn(machineArn: string, label: string, uuid: string): string {
  return `${machineArn.replace(':stateMachine:', ':mapRun:')}/${label}:${uuid}`;
}

/** The state machine that children are executions of, by the name of the one that its Map state is in. */
export const childMachine = (machine: string, label: string): string => `${machine}/${label}`;

/** The label of a Map state that has none. */
export function givenLabel({ machineArn }: ExecutionFacts, state: string): string {
  return nameUuid(`${machineArn}/${state}`);
}

/** Name of the child execution of that number. */
export function childName(mapRun: string, index: number): string {
  return nameUuid(`${mapRun}/${index}`);
}

/** A UUID of version 5: of a name. */
function nameUuid(name: string): string {
  const digest = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return digest.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
