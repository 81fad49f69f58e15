import * as z from 'zod';
import { chainedEvent } from './chained.ts';
import { afterQuery, timestamp, waitSeconds } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

/** Query of `GET /v1/runs/{run}/events`. */
export const eventQuery = schema(() =>
  afterQuery().extend({
    /** With no event after `after` yet: seconds to wait for one. */
    wait: waitSeconds().exactOptional(),
  }),
);

/** An event as the log holds it. */
export const runEvent = schema(() =>
  z
    .object({
      ...chainedEvent(),
      run: z.string(),
      /** `run.created`, `operation.completed`, `approval.requested` … */
      type: z.string(),
      /** `run`, `user:<subject>`, `worker`, `system` or `run:<id>`. */
      by: z.string(),
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
