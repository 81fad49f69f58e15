import * as z from 'zod';
import { json } from './json.ts';
import { digest } from './primitives.ts';
import { answers, requests } from './program.ts';
import { failure } from './runs.ts';
import { type Inferred, schema } from './schema.ts';

/** What asks a function that hosts programs, and what it answers: each the JSON of one invocation. */

const address = schema(() => z.object({ url: z.string(), digest: digest() }));

export const programQuestion = schema(() =>
  z.object({
    tenant: z.string(),
    run: z.object({
      run: z.string(),
      agent: z.string(),
      version: z.string(),
      seed: z.string(),
      createdAt: z.string(),
    }),
    /** The run's input; one that is too long for a message as its JSON text, which may be remembered by its digest. */
    input: z.union([z.object({ inline: json() }), address()]),
    /** Where the version's one-file program can be fetched, without further credentials. */
    bundle: address(),
    /** What the function remembers of the run is not to be relied on. */
    forget: z.literal(true).exactOptional(),
    /** How many answers the run has had … */
    count: z.int().nonnegative(),
    /** … and those after the first `after`; where they are too long for a message, as the JSON of {@link KeptAnswers}. */
    after: z.int().nonnegative(),
    answers: z.union([answers(), address()]),
    /** Makes long texts of one question, which are kept for a moment, texts of this question only. */
    nonce: z.string(),
    /** A PUT address for the answer of this digest, which was `long` when it was asked before. */
    keep: address().exactOptional(),
  }),
);

export type ProgramQuestion = Inferred<typeof programQuestion>;

/** Answers that did not fit into a question. */
export interface KeptAnswers {
  readonly nonce: string;
  readonly answers: Inferred<typeof answers>;
}

/** Where the program stands, see the port `ProgramHost`; hashes are left for who asks to take. */
const turn = schema(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('requests'), requests: requests() }),
    z.object({ kind: z.literal('finished'), output: json(), requests: requests() }),
    z.object({ kind: z.literal('failed'), error: failure() }),
  ]),
);

export const programReply = schema(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('turn'), nonce: z.string(), turn: turn() }),
    /** It remembers less than was thought: it lacks the answers after the first so many. */
    z.object({ kind: z.literal('lacks'), after: z.int().nonnegative() }),
    /** The reply is too long for a message: ask again with an address for it. */
    z.object({ kind: z.literal('long'), digest: digest(), size: z.int().positive().max(longestReply) }),
    /** It is where it was asked to be put. */
    z.object({ kind: z.literal('kept') }),
    /** The question could not be answered, for a reason that is not the program's. */
    z.object({ kind: z.literal('refused'), code: z.string(), message: z.string() }),
  ]),
);

/**
 * The longest turn that a program may take, in bytes, and the longest line that its process may send, in characters: two
 * files of the greatest size as base64. Who asks reads it whole.
 */
export const longestReply = 32 * 1024 * 1024;

export type ProgramReply = Inferred<typeof programReply>;

/** Above this an input travels as an address, in bytes: it is part of every question. */
export const longestInput = 256 * 1024;

/** The longest text of answers in a question, and of a turn in a reply, in bytes: a message has at most 6 MB. */
export const longestText = 4 * 1024 * 1024;
