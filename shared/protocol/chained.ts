import * as z from 'zod';
import { digest, timestamp } from './primitives.ts';
import { schema } from './schema.ts';

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
