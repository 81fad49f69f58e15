import { z } from 'zod';
import { type ExecutionName, executionOfArn, machineOfArn } from '../arns.ts';
import { maxPayloadBytes, tooLarge } from '../data-flow/limits.ts';
import { ServiceError } from '../service-error.ts';

/** Shapes that several actions share. What AWS tells by an error of its own is checked behind the schema. */

export const arn = z.string().min(1).max(256);
export const taskToken = z.string().min(1).max(2_048);
export const error = z.string().max(256);
export const cause = z.string().max(32_768);
/** JSON text. */
export const payload = z.string().refine((text) => !tooLarge(text), {
  message: `Member must have length less than or equal to ${maxPayloadBytes}`,
});

/** A page of a list; 0 stands for the default of 100. */
export const page = z.object({
  maxResults: z
    .int()
    .min(0)
    .max(1_000)
    .default(0)
    .transform((max) => max || 100),
  nextToken: z.string().min(1).max(1_024).optional(),
});

const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

export function checkName(name: string): string {
  if (name.length >= 1 && name.length <= 80 && !forbidden.test(name)) return name;
  throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
}

export function machineName(stateMachineArn: string): string {
  const name = machineOfArn(stateMachineArn);
  if (name === undefined) throw invalidArn(stateMachineArn);
  return name;
}

export function executionName(executionArn: string): ExecutionName {
  const name = executionOfArn(executionArn);
  if (name === undefined) throw invalidArn(executionArn);
  return name;
}

function invalidArn(given: string): ServiceError {
  return new ServiceError('InvalidArn', `Invalid Arn: '${given}'`);
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Times cross the wire in seconds since the epoch. */
export const seconds = (milliseconds: number): number => milliseconds / 1_000;
