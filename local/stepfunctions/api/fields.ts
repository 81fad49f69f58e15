import * as z from 'zod';
import {
  activityOfArn,
  type ExecutionName,
  executionOfArn,
  type MachineName,
  machineOfArn,
  type Place,
  partsOfArn,
} from '../arns.ts';
import { maxPayloadBytes, tooLarge } from '../data-flow/limits.ts';
import { ServiceError } from '../service-error.ts';

/** Shapes that several actions share. What AWS tells by an error of its own is checked behind the schema. */

export const arn = z.string().min(1).max(256);
export const longArn = z.string().min(1).max(2_000);
export const name = z.string().min(1).max(80);
export const description = z.string().max(256);
export const taskToken = z.string().min(1).max(2_048);
export const error = z.string().max(256);
export const cause = z.string().max(32_768);
export const includedData = z.enum(['ALL_DATA', 'METADATA_ONLY']).default('ALL_DATA');
export const traceHeader = z.string().max(256).optional();
/** JSON text. */
export const payload = z.string().refine((text) => !tooLarge(text), {
  message: `Member must have length less than or equal to ${maxPayloadBytes}`,
});

const maxResults = z
  .int()
  .min(0)
  .max(1_000)
  .default(0)
  .transform((max) => max || 100);

/** A page of a list; 0 stands for the default of 100. */
export const page = z.object({ maxResults, nextToken: z.string().min(1).max(1_024).optional() });

const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

export function checkName(given: string): string {
  if (given.length >= 1 && given.length <= 80 && !forbidden.test(given)) return given;
  throw new ServiceError('InvalidName', `Invalid Name: '${given}'`);
}

/** What the ARN of a machine, a version or an alias names. */
export function machineName(stateMachineArn: string): MachineName {
  return machineOfArn(stateMachineArn) ?? invalidArn(stateMachineArn, ['stateMachine']);
}

export function executionName(given: string): ExecutionName & Place {
  return executionOfArn(given) ?? invalidArn(given, ['execution']);
}

export function activityName(given: string): Place & { readonly name: string } {
  return activityOfArn(given) ?? invalidArn(given, ['activity']);
}

/** Throws what is wrong with an ARN that should be of one of these types. */
export function invalidArn(given: string, types: readonly string[]): never {
  throw new ServiceError('InvalidArn', `Invalid Arn: '${flawOf(given, types)}'`);
}

function flawOf(given: string, types: readonly string[]): string {
  const parts = partsOfArn(given);
  if (parts !== undefined && !types.includes(parts.type)) {
    return `Resource type not valid in this context: ${parts.type}`;
  }
  return given.startsWith('arn:') ? given : `Invalid ARN prefix: ${given}`;
}

/** Times cross the wire in seconds since the epoch. */
export const seconds = (milliseconds: number): number => milliseconds / 1_000;
