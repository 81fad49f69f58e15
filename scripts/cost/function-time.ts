import type { FunctionCount, Service } from './counts.ts';

/**
 * How long a warm function waits for one call within a region, in milliseconds. These are assumptions, the only ones of
 * the model: everything else is counted. They are on the long side of what AWS says of each (single-digit milliseconds for
 * DynamoDB, tens for S3 and Step Functions).
 */
export const waitMs: Readonly<Record<Service, number>> = {
  store: 8,
  blobs: 30,
  engine: 25,
  // On top of what the invoked function computes itself.
  programs: 12,
  workers: 25,
  queues: 12,
};

/** Memory at which a function has one whole virtual CPU, in MiB: less memory is less of it in proportion (Lambda's guide). */
const memoryOfOneCpu = 1_769;

/** Milliseconds that one function is charged for, all its invocations together: each is rounded up to a whole one. */
export function billedMs({ invocations, computed, waits }: FunctionCount, memoryMb: number): number {
  const slower = Math.max(1, memoryOfOneCpu / memoryMb);
  const waited = (Object.keys(waits) as Service[]).reduce((sum, one) => sum + waits[one] * waitMs[one], 0);
  return Math.ceil(Math.max(0, computed) * slower + waited) + Math.max(0, invocations - 1);
}
