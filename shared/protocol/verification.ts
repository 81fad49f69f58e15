import * as z from 'zod';
import { digest, runId, timestamp } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

/** Something that is wrong with a log. */
export const finding = schema(() =>
  z
    .object({
      /** Sequence number of the event. */
      seq: z.int(),
      /** `altered`, `missing`, `foreign`, `cut`, `signature` or `illegal`. */
      kind: z.string(),
      message: z.string(),
    })
    .meta({ id: 'Finding', description: 'What is wrong with a log, and where' }),
);

export type Finding = Inferred<typeof finding>;

/** Answer of `GET /v1/runs/{run}/verification`: what the check of the whole log found. */
export const verification = schema(() =>
  z
    .object({
      run: runId(),
      /** Events read; up to the first finding. */
      events: z.int(),
      /** Empty when the log is sound. */
      findings: z.array(finding()),
      /** Where the chain ends; signed once the run has ended. */
      head: z
        .object({
          run: runId(),
          seq: z.int(),
          /** Chain hash of the last event. */
          hash: digest(),
          signature: z.object({ key: z.string(), value: z.string() }).exactOptional(),
        })
        .nullable(),
      /** Events whose payloads were erased: they count as sound, but nobody can check what they said. */
      erased: z
        .array(z.object({ seq: z.int(), at: timestamp(), by: z.string(), reason: z.string() }))
        .exactOptional(),
    })
    .meta({ id: 'Verification', description: 'What checking a whole log has found' }),
);

export type Verification = Inferred<typeof verification>;
