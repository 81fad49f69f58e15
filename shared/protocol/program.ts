import * as z from 'zod';
import { json } from './json.ts';
import { operationKind } from './operations.ts';
import { failure } from './runs.ts';
import { type Inferred, schema } from './schema.ts';

/**
 * What programs and their hosts say to each other, at two borders: between a bundle and what runs it ({@link Bridge}),
 * and between the host and the process that runs bundles (the messages). See `docs/program-protocol.md`.
 */

/** The world of one run, as its bundle sees it. Only text, numbers and booleans cross. */
export interface Bridge {
  /** The run's input as JSON text. */
  readonly input: string;
  /** 64 hexadecimal characters: where everything random comes from that answers at once. */
  readonly seed: string;
  /** Milliseconds since the epoch: the time of the latest answer, at first that of the run's creation. */
  now(): number;
  /**
   * Issues an operation, its arguments as JSON text, and returns its number. `settle` is called once it is answered:
   * with the result as JSON text, or with the failure (`code`, `message`, `details`) as JSON text. After the end of
   * the program nothing is issued and nothing settled.
   */
  request(kind: string, args: string, settle: (ok: boolean, result: string) => void): number;
  /** The program has returned; `output` as JSON text. The first end counts. */
  finished(output: string): void;
  /** The program has thrown; `stack` in the words of V8, in positions of the bundle. */
  failed(name: string, message: string, stack: string): void;
}

/** The value of a bundle's script: starts one run. Called once in a context of its own. */
export type Start = (bridge: Bridge) => void;

const answer = schema(() =>
  z.object({
    operation: z.int().positive(),
    hash: z.string(),
    /** ISO time. */
    at: z.string(),
    outcome: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), value: json() }),
      z.object({ ok: z.literal(false), error: failure() }),
    ]),
  }),
);

/** Outcomes in the order of the log. */
export const answers = schema(() => z.array(answer()).readonly());

/** Host → program, one JSON line each. */
export const hostMessage = schema(() =>
  z.discriminatedUnion('type', [
    /** The first message, and only the first: the bundle. Answered by `ready` or `refused`. */
    z.object({ type: z.literal('load'), code: z.string() }),
    /** Runs the program from its start through all answers. Replaces what is known of the run. */
    z.object({
      type: z.literal('begin'),
      run: z.string(),
      seed: z.string(),
      createdAt: z.string(),
      input: json(),
      answers: answers(),
    }),
    /** Goes on with a run that was begun. */
    z.object({ type: z.literal('answer'), run: z.string(), answers: answers() }),
    /** The run may be forgotten. Not answered. */
    z.object({ type: z.literal('forget'), run: z.string() }),
  ]),
);

export type HostMessage = Inferred<typeof hostMessage>;

/** An outcome as it is delivered to a program. */
export type DeliveredAnswer = Inferred<typeof answer>;

/** Operations as a program has issued them. */
export const requests = schema(() =>
  z.array(z.object({ operation: z.int().positive(), kind: operationKind(), arguments: json() })),
);

/** Program → host, one JSON line each: `begin` and `answer` are each answered by one, in the order they came. */
export const programMessage = schema(() =>
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('ready') }),
    z.object({ type: z.literal('refused'), error: failure() }),
    /** At rest after the last answer; with the operations issued since the last message that are not answered yet. */
    z.object({ type: z.literal('idle'), run: z.string(), requests: requests() }),
    z.object({ type: z.literal('finished'), run: z.string(), requests: requests(), output: json() }),
    /** It threw, or asked for something else than the record says. */
    z.object({ type: z.literal('failed'), run: z.string(), error: failure() }),
  ]),
);

export type ProgramMessage = Inferred<typeof programMessage>;

/** What a process says of a run. */
export type TurnMessage = Extract<ProgramMessage, { readonly run: string }>;
