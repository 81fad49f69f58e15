import * as z from 'zod';
import { runEvent } from './events.ts';
import { wireLimits } from './limits.ts';
import { retentionDays, timestamp } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

/** Body of `PUT /v1/retention`. */
export const setRetention = schema(() =>
  z
    .strictObject({
      /** Days after a run's end; `null`: for ever. Runs that say so themselves at their start are kept as they say. */
      days: retentionDays().nullable(),
    })
    .meta({ id: 'SetRetention', description: 'How long runs are to be kept' }),
);

export type SetRetention = Inferred<typeof setRetention>;

/** How long the runs of a tenant are kept. */
export const retention = schema(() =>
  z
    .object({
      days: retentionDays().nullable(),
      /** Absent where nobody has said. */
      setAt: timestamp().exactOptional(),
      setBy: z.string().exactOptional(),
    })
    .meta({ id: 'Retention', description: 'How long the runs of a tenant are kept' }),
);

export type Retention = Inferred<typeof retention>;

/** Body of `POST /v1/runs/{run}/events/{seq}/erasure`. */
export const erase = schema(() =>
  z
    .strictObject({
      /** Why, for the audit log and everybody who reads the event. */
      reason: z.string().min(1).max(wireLimits.reasonCharacters),
    })
    .meta({ id: 'Erase', description: 'Why a payload is to be erased' }),
);

/** Answer of `POST /v1/runs/{run}/events/{seq}/erasure`. */
export const erasedPayload = schema(() =>
  z
    .object({
      /** As it stands in the log now. */
      event: runEvent(),
      /** Blobs that the payload named: those that nothing else names are removed within the hour. */
      blobs: z.int(),
    })
    .meta({ id: 'ErasedPayload', description: 'What an erasure has left' }),
);

export type ErasedPayload = Inferred<typeof erasedPayload>;
