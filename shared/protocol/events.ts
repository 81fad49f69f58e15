import * as z from 'zod';
import { wireLimits } from './limits.ts';
import { digest, queryInteger, timestamp, waitSeconds } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

/** Query of `GET /v1/runs/{run}/events`. */
export const eventQuery = schema(() =>
  z.strictObject({
    /** Sequence number of the last event that is known; default 0: from the start. */
    after: queryInteger(0, Number.MAX_SAFE_INTEGER).exactOptional(),
    /** Default and maximum 1,000; a page also ends at 4 MiB. */
    limit: queryInteger(1, wireLimits.pageEvents).exactOptional(),
    /** With no event after `after` yet: seconds to wait for one. */
    wait: waitSeconds().exactOptional(),
  }),
);

/**
 * An event as the log holds it. The chain covers everything but `salt` and `payload`, which `digest` stands for: with
 * them a client can verify the log itself. Types are added over time: pass by what you don't know.
 */
export const runEvent = schema(() =>
  z
    .object({
      /** Version of the event's shape. */
      v: z.int(),
      id: z.string(),
      tenant: z.string(),
      run: z.string(),
      /** From 1, without gaps. */
      seq: z.int(),
      /** `run.created`, `operation.completed`, `approval.requested` … */
      type: z.string(),
      at: timestamp(),
      /** `run`, `user:<subject>`, `worker`, `system` or `run:<id>`. */
      by: z.string(),
      /** Chain hash of the event before. */
      prev: digest(),
      /** SHA-256 over salt and canonical payload. */
      digest: digest(),
      salt: z.string(),
      /** Who has erased the payload, when and why; only what the log needs is left of it. */
      erased: z.strictObject({ at: timestamp(), by: z.string(), reason: z.string() }).exactOptional(),
      /** By type; large parts are `{blob, size}` instead of `{inline}`. */
      payload: z.record(z.string(), z.unknown()),
    })
    .meta({ id: 'RunEvent', description: 'An event as the log holds it' }),
);

export type RunEvent = Inferred<typeof runEvent>;

/** Answer of `GET /v1/runs/{run}/events`. */
export const eventPage = schema(() =>
  z
    .object({
      events: z.array(runEvent()),
      /** Whether the log holds more events after these. */
      more: z.boolean(),
      /** Whether the run has ended: with `more: false`, nothing will follow. */
      ended: z.boolean(),
    })
    .meta({ id: 'EventPage', description: 'A page of the log of a run' }),
);

export type EventPage = Inferred<typeof eventPage>;
