import * as z from 'zod';
import { json } from './json.ts';
import { digest, workspacePath } from './primitives.ts';
import { reportLimits } from './report-limits.ts';
import { type Inferred, schema } from './schema.ts';

/**
 * What a worker in a space and the handler `report` say to each other (rule 10). Every message is the body of
 * `POST /v1/report`, with the ticket as `Authorization: Ticket <token>`; the ticket names tenant, run, operation and
 * generation. Answers come as `data`, as everywhere. Sizes in bytes, times in milliseconds.
 */

const bytes = schema(() => z.int().nonnegative());

const blobRef = schema(() => z.strictObject({ blob: digest(), size: bytes() }));

/** The process that claims the operation: known so well that it, and nothing else, can be stopped. */
const worker = schema(() =>
  z
    .strictObject({
      kind: z.enum(['process', 'function', 'task']),
      id: z.string().min(1).max(2_048),
      /** Of a process: tells it from a later one under the same number. */
      started: z.string().min(1).max(128).exactOptional(),
    })
    .refine(({ kind, started }) => kind !== 'process' || started !== undefined, {
      path: ['started'],
      error: 'when the process started',
    })
    .meta({ anyOf: [{ properties: { kind: { enum: ['function', 'task'] } } }, { required: ['started'] }] }),
);

/** A file after the command that was not there before, or not so. */
const writtenFile = schema(() =>
  z.strictObject({
    path: workspacePath(),
    digest: digest(),
    size: bytes(),
    executable: z.literal(true).exactOptional(),
  }),
);

const deletedFile = schema(() => z.strictObject({ path: workspacePath(), deleted: z.literal(true) }));

/** The files that a command changed. */
export const changedFiles = schema(() => z.array(z.union([writtenFile(), deletedFile()])));

export type ChangedFile = Inferred<typeof changedFiles>[number];

/** Right before the effect: may I? Answered by {@link ClaimAnswer}. */
const claim = schema(() =>
  z.strictObject({
    type: z.literal('claim'),
    worker: worker(),
    /** Where there was a choice: what took it, and why nothing that would have come before did. */
    placement: z
      .strictObject({
        provider: z.string().min(1).max(255),
        instead: z
          .array(z.strictObject({ provider: z.string().max(255), reason: z.string().max(2_000) }))
          .max(20)
          .readonly(),
      })
      .exactOptional(),
  }),
);

/** Every {@link reportLimits.heartbeatMs}. Answered by {@link HeartbeatAnswer}. */
const heartbeat = schema(() => z.strictObject({ type: z.literal('heartbeat') }));

/** Where to upload blobs. Answered by {@link UrlsAnswer}. */
const urls = schema(() =>
  z.strictObject({
    type: z.literal('urls'),
    digests: z.array(digest()).max(reportLimits.urls),
  }),
);

/** The command has ended, by itself or at its timeout. Answered by {@link OutcomeAnswer}. */
const done = schema(() =>
  z.strictObject({
    type: z.literal('done'),
    /** `null` when a signal ended it. */
    exitCode: z.int().nullable(),
    stdout: z.string(),
    stderr: z.string(),
    durationMs: z.number().nonnegative(),
    timedOut: z.boolean(),
    /** Paths sorted; as a blob that holds the JSON text when longer than {@link reportLimits.listBytes}. */
    changed: z.union([changedFiles(), blobRef()]),
    /** What the reader should know: output that was cut, links that are not part of a workspace. */
    notes: z.array(z.string().max(1_000)).max(20),
  }),
);

export type Done = Inferred<typeof done>;

/** The command could not be run, or its result not be kept. Answered by {@link OutcomeAnswer}. */
const failed = schema(() =>
  z.strictObject({
    type: z.literal('failed'),
    error: z.strictObject({
      code: z.enum(['operation.failed', 'limit.exceeded']),
      message: z.string().max(2_000),
      details: json().exactOptional(),
    }),
  }),
);

export type Failed = Inferred<typeof failed>;

/** The command was ended before its time, and nothing of it is left. Answered by {@link OutcomeAnswer}. */
const stopped = schema(() =>
  z.strictObject({ type: z.literal('stopped'), reason: z.string().min(1).max(1_000) }),
);

export type StoppedMessage = Inferred<typeof stopped>;

/** Any message of a worker. */
export const reportMessage = schema(() =>
  z
    .discriminatedUnion('type', [claim(), heartbeat(), urls(), done(), failed(), stopped()])
    .meta({ id: 'ReportMessage', description: 'What a worker says of its operation' }),
);

export type ReportMessage = Inferred<typeof reportMessage>;

/** A file that the command starts with; `url` answers GET without further credentials. */
export interface InputFile {
  readonly path: string;
  readonly url: string;
  readonly digest: string;
  readonly size: number;
  readonly executable?: true;
}

/** What a command is given once it is claimed. */
export interface CommandInput {
  readonly command: string;
  /** Folder below the workspace; `''` is its root. Made when it is missing. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Sorted by path; or, when longer than {@link reportLimits.listBytes}, where its JSON text can be fetched. */
  readonly files: readonly InputFile[] | { readonly url: string; readonly digest: string };
}

/** `stop`: nothing to do here; someone else has claimed it, it is answered, or the run goes on elsewhere. */
export type ClaimAnswer = CommandInput | { readonly stop: true };

export interface HeartbeatAnswer {
  readonly next: 'continue' | 'stop';
}

export interface UrlsAnswer {
  /** By digest, a PUT address for each blob that is not stored yet; none unless the operation is claimed and open. */
  readonly urls: Readonly<Record<string, string>>;
}

export interface OutcomeAnswer {
  /** `false`: it came too late, or the operation was answered otherwise. */
  readonly accepted: boolean;
}

export type ReportAnswer = ClaimAnswer | HeartbeatAnswer | UrlsAnswer | OutcomeAnswer;
