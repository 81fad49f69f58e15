import { createHash } from 'node:crypto';
import type { ServiceCall } from './service.ts';

/** Hexadecimal digits (64) that are the same whenever an attempt is made again, and of no other anywhere. */
export function attemptDigest(
  { execution, id }: Pick<ServiceCall, 'execution' | 'id'>,
  purpose: string,
): string {
  return createHash('sha256').update(`${purpose} ${execution.arn} ${id}`).digest('hex');
}

const digits = /^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/;

/** The same in the form of a UUID. */
export function attemptUuid(call: Pick<ServiceCall, 'execution' | 'id'>, purpose: string): string {
  return attemptDigest(call, purpose).replace(digits, '$1-$2-4$3-8$4-$5');
}
