import * as z from 'zod';
import { wireLimits } from './limits.ts';
import { digest, queryInteger, timestamp } from './primitives.ts';
import { schema } from './schema.ts';

/** Query parameters that say where a log is read on, and how much of it. */
export const fromEvent = schema(() => ({
  /** Sequence number of the last event that is known; default 0: from the start. */
  after: queryInteger(0, Number.MAX_SAFE_INTEGER).exactOptional(),
  /** Events of the log that are looked at, at most; default and maximum 1,000; a page also ends at 4 MiB. */
  limit: queryInteger(1, wireLimits.pageEvents).exactOptional(),
}));

/**
 * What every event of a hash-chained log has. The chain covers everything but `salt` and `payload`, which `digest` stands
 * for: with them a client can verify the log itself. Types are added over time: pass by what you don't know.
 */
export const chainedEvent = schema(() => ({
  /** Version of the event's shape. */
  v: z.int(),
  id: z.string(),
  tenant: z.string(),
  /** From 1, without gaps. */
  seq: z.int(),
  at: timestamp(),
  /** Chain hash of the event before. */
  prev: digest(),
  /** SHA-256 over salt and canonical payload. */
  digest: digest(),
  salt: z.string(),
}));
