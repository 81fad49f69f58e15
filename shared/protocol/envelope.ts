import * as z from 'zod';
import { cursor } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

/** What every answer says about itself. */
export const meta = schema(() =>
  z
    .object({
      /** Names the request in the server's log. */
      requestId: z.string(),
    })
    .meta({ id: 'Meta', description: 'What every answer says about itself' }),
);

/** Envelope of a successful answer. */
export const envelope = <T extends z.ZodType>(data: T) => z.object({ data, meta: meta() });

/** A successful answer that carries `T`. */
export interface Envelope<T> {
  readonly data: T;
  readonly meta: Inferred<typeof meta>;
}

/** A page of a list, newest first; only a missing cursor says that it was the last. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), cursor: cursor().exactOptional() });

/** One fault of a request. */
export const issue = schema(() =>
  z
    .object({
      /** Where: `body.files[0].path`, `query.limit`, `path.run`, `header.idempotency-key`. */
      path: z.string(),
      /** What was expected there, in words. */
      expected: z.string(),
    })
    .meta({ id: 'Issue', description: 'One fault of a request' }),
);

export type Issue = Inferred<typeof issue>;

/**
 * Every error: the members of RFC 9457 (media type `application/problem+json`), what a client needs to react
 * (`code`, `retryable`, `remedy`), and the `error` member that clients of older protocols read.
 */
export const problem = schema(() =>
  z
    .object({
      /** `urn:tandem:error:<code>`. */
      type: z.string(),
      /** What errors of this code have in common. */
      title: z.string(),
      status: z.int(),
      /** What happened this time. */
      detail: z.string(),
      /** Path of the request. */
      instance: z.string(),
      /** Stable; described in `docs/errors/<code>.md`. */
      code: z.string(),
      /** Whether the same request may succeed later, unchanged. */
      retryable: z.boolean(),
      /** What the reader can do. */
      remedy: z.string(),
      error: z.object({
        code: z.string(),
        message: z.string(),
        /** Particulars; `issues` ({@link issue}) when the request was invalid. */
        details: z.record(z.string(), z.unknown()),
      }),
      meta: meta(),
    })
    .meta({ id: 'Problem', description: 'An error: problem details (RFC 9457) with a stable code' }),
);

export type Problem = Inferred<typeof problem>;
