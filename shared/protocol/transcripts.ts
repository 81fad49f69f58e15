import * as z from 'zod';
import { json } from './json.ts';
import { operationKind } from './operations.ts';
import { afterQuery, agentName, approvalId, digest, runId, timestamp } from './primitives.ts';
import { failure } from './runs.ts';
import { type Inferred, schema } from './schema.ts';

/** Query of `GET /v1/runs/{run}/transcript`: which events of the log are told. */
export const transcriptQuery = afterQuery;

/** A value, or where it can be fetched as JSON when it is longer than 128 KiB; that works without a token, for a while. */
const value = schema(() => ({ value: json().exactOptional(), valueUrl: z.string().exactOptional() }));

const said = schema(() => ({
  /** Sequence number of the event in the log; one event may say two things. */
  seq: z.int(),
  at: timestamp(),
  /** `run`, `user:<subject>`, `worker`, `system` or `run:<id>`. */
  by: z.string(),
}));

const line = <const T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.object({ ...said(), type: z.literal(type), ...shape });

const operation = schema(() => z.int().positive());

/** One line of a transcript. Types are added over time: pass by what you don't know. */
export const transcriptLine = schema(() =>
  z
    .discriminatedUnion('type', [
      /** What the run began with; `value`: its input. */
      line('input', {
        run: runId(),
        agent: agentName(),
        version: digest(),
        number: z.string(),
        session: z.string().exactOptional(),
        /** The run and operation that called this one. */
        parent: z.object({ run: runId(), operation: operation() }).exactOptional(),
        ...value(),
      }),
      /** What the program asked; `value`: the arguments, without contents of files that were written. */
      line('request', { operation: operation(), kind: operationKind(), ...value() }),
      /** What that was answered: `value` when it went well, else `error`. */
      line('answer', {
        operation: operation(),
        ok: z.boolean(),
        ...value(),
        error: failure().exactOptional(),
      }),
      /** A person is asked for a decision on an operation. */
      line('approval', {
        approval: approvalId(),
        operation: operation(),
        what: z.string(),
        role: z.string().exactOptional(),
        expiresAt: timestamp(),
      }),
      /** The decision; `by` is who made it. */
      line('decision', {
        approval: approvalId(),
        operation: operation(),
        decision: z.enum(['approved', 'denied', 'expired']),
        reason: z.string().exactOptional(),
      }),
      line('signal', { name: z.string(), ...value() }),
      /** Somebody has steered the run. */
      line('control', { control: z.enum(['pause', 'resume', 'cancel']), reason: z.string().exactOptional() }),
      /** The last line of a run that has ended; `value`: its output. */
      line('end', {
        status: z.enum(['succeeded', 'failed', 'cancelled']),
        ...value(),
        error: failure().exactOptional(),
        reason: z.string().exactOptional(),
      }),
    ])
    .meta({ id: 'TranscriptLine', description: 'One thing that was said in a run' }),
);

export type TranscriptLine = Inferred<typeof transcriptLine>;
