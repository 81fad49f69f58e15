import * as z from 'zod';
import { approval } from './approvals.ts';
import { page } from './envelope.ts';
import { json } from './json.ts';
import { wireLimits } from './limits.ts';
import {
  agentName,
  digest,
  pageQuery,
  queryInteger,
  reason,
  retentionDays,
  runId,
  sessionId,
  timeRange,
  timestamp,
  versionSelector,
  waitSeconds,
  workspacePath,
} from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

export const runStatus = schema(() =>
  z
    .enum(['queued', 'running', 'waiting', 'paused', 'succeeded', 'failed', 'cancelled'])
    .meta({ id: 'RunStatus', description: 'How far a run is' }),
);

export type RunStatus = Inferred<typeof runStatus>;

/** Base64 as bytes are written in it, and no other way: bits that stand for nothing are 0. */
const base64Pattern = '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$';

/** A file that the workspace starts with: `content`, or the `upload` that holds its bytes. */
export const startFile = schema(() =>
  z
    .strictObject({
      path: workspacePath(),
      content: z.string().exactOptional(),
      /** Of `content`; default `utf-8`. */
      encoding: z.enum(['utf-8', 'base64']).exactOptional(),
      /** As `POST /v1/uploads` named it. */
      upload: digest().exactOptional(),
    })
    .superRefine(({ content, encoding, upload }, { addIssue }) => {
      const fault = (path: string[], message: string) => addIssue({ code: 'custom', path, message });
      if ((content === undefined) === (upload === undefined)) fault([], 'either content or upload');
      else if (upload !== undefined && encoding !== undefined)
        fault(['encoding'], 'no encoding beside an upload');
      else if (encoding === 'base64' && content !== undefined && !isBase64(content)) {
        fault(['content'], 'base64 (RFC 4648, with padding, without line breaks)');
      }
    })
    .meta({
      id: 'StartFile',
      description: 'A file that the workspace starts with: `content`, or the `upload` that holds its bytes',
      // The same in JSON Schema, which the document announces.
      oneOf: [
        { required: ['content'], properties: { upload: false } },
        { required: ['upload'], properties: { content: false, encoding: false } },
      ],
      anyOf: [
        { properties: { encoding: { const: 'utf-8' } } },
        { properties: { content: { type: 'string', pattern: base64Pattern } } },
      ],
    }),
);

/** Whether a text is what its bytes are written as, and no other way to write them. */
const isBase64 = (text: string): boolean => Buffer.from(text, 'base64').toString('base64') === text;

/** Body of `POST /v1/runs`. */
export const startRun = schema(() =>
  z
    .strictObject({
      agent: agentName(),
      /** Number, digest or alias; default: the alias `live` where there is one, else the version published last, trials (`-dev.1`) aside. */
      version: versionSelector().exactOptional(),
      /** Default `null`. */
      input: json().exactOptional(),
      /** Instead of `input`: an upload that holds it, JSON text of at most 10 MiB. */
      inputUpload: digest().exactOptional(),
      files: z.array(startFile()).max(1_000).exactOptional(),
      session: sessionId().exactOptional(),
      /** Days after its end that it is kept; default: as its tenant says. */
      retentionDays: retentionDays().exactOptional(),
    })
    .refine(({ input, inputUpload }) => input === undefined || inputUpload === undefined, {
      path: ['inputUpload'],
      message: 'either input or inputUpload',
    })
    .meta({
      id: 'StartRun',
      description: 'A run to start',
      anyOf: [{ properties: { input: false } }, { properties: { inputUpload: false } }],
    }),
);

export type StartRun = Inferred<typeof startRun>;

/** Query of `POST /v1/runs` and `GET /v1/runs/{run}`: answer when the run has ended, or after so many seconds. */
export const waitQuery = schema(() => z.strictObject({ wait: waitSeconds().exactOptional() }));

/** Body of `POST /v1/runs/{run}/cancel`, `…/pause` and `…/resume`; may be left out. */
export const control = schema(() =>
  z
    .strictObject({ reason: reason().exactOptional() })
    .meta({ id: 'Control', description: 'Why somebody steers a run' }),
);

/** Body of `POST /v1/runs/{run}/signals`. */
export const signal = schema(() =>
  z
    .strictObject({
      name: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/, 'letters, digits and . _ : -, at most 128'),
      /** Default `null`. */
      payload: json().exactOptional(),
    })
    .meta({ id: 'Signal', description: 'A signal to a run' }),
);

export type Signal = Inferred<typeof signal>;

/** Query of `GET /v1/runs`. */
export const runQuery = schema(() =>
  pageQuery().extend({
    // By the time in their ids: a run that another one called counts with the one at the top.
    ...timeRange(),
    agent: agentName().exactOptional(),
    status: runStatus().exactOptional(),
    session: sessionId().exactOptional(),
    parent: runId().exactOptional(),
  }),
);

/** A failure: a stable code and the cause in the user's terms. */
export const failure = schema(() =>
  z
    .object({ code: z.string(), message: z.string(), details: json().exactOptional() })
    .meta({ id: 'Failure', description: 'A stable code and the cause in words' }),
);

export type Failure = Inferred<typeof failure>;

/** A run as lists show it. */
export const runSummary = schema(() =>
  z
    .object({
      tenant: z.string(),
      run: runId(),
      agent: agentName(),
      /** Digest of the version. */
      version: digest(),
      /** Its number. */
      number: z.string(),
      /** The alias that led to it. */
      alias: z.string().exactOptional(),
      session: z.string().exactOptional(),
      /** The run that called this one. */
      parent: runId().exactOptional(),
      status: runStatus(),
      /** What a waiting run waits for: `approval`, `signal`, `time`, `child`, `command`. */
      waitingFor: z.string().exactOptional(),
      createdAt: timestamp(),
      endedAt: timestamp().exactOptional(),
      error: failure().exactOptional(),
    })
    .meta({ id: 'RunSummary', description: 'A run as lists show it' }),
);

export type RunSummary = Inferred<typeof runSummary>;

export const runPage = schema(() =>
  page(runSummary()).meta({
    id: 'RunPage',
    description: 'A page of runs, newest first; only a missing cursor says that it was the last',
  }),
);

export type RunPage = Inferred<typeof runPage>;

/** Query of `GET /v1/runs/{run}/logs`. */
export const logQuery = schema(() =>
  z.strictObject({
    /** `after` of the page before; default 0: from the start. */
    after: queryInteger(0, Number.MAX_SAFE_INTEGER).exactOptional(),
    /** Default 200. */
    limit: queryInteger(1, wireLimits.pageItems).exactOptional(),
  }),
);

/** Answer of `GET /v1/runs/{run}/logs`: what the program wrote with `log`. A page may be empty and not the last. */
export const logPage = schema(() =>
  z
    .object({
      lines: z.array(
        z.object({
          seq: z.int(),
          at: timestamp(),
          operation: z.int(),
          level: z.enum(['debug', 'info', 'warn', 'error']),
          message: z.string(),
          data: json().exactOptional(),
        }),
      ),
      /** Where the next page begins. */
      after: z.int(),
      more: z.boolean(),
    })
    .meta({ id: 'LogPage', description: 'What the program of a run wrote with `log`' }),
);

export type LogPage = Inferred<typeof logPage>;

/** Milliseconds by what they were spent in. */
const milliseconds = schema(() => z.record(z.string(), z.number()));

/** Answer of `GET /v1/runs/{run}/metrics`; times in milliseconds of the log's clock. */
export const runMetrics = schema(() =>
  z
    .object({
      /** From its creation to its end, or until now. */
      durationMs: z.number(),
      /** By status; those it never was in are absent. */
      inStatusMs: milliseconds(),
      /** By what it waited for: `approval`, `signal`, `time`, `child`, `command`. */
      waitingForMs: milliseconds(),
      /** Operations answered, by kind. */
      operations: z.record(z.string(), z.int()),
      failedOperations: z.int(),
      /** Executions that have carried it so far. */
      generations: z.int(),
    })
    .meta({ id: 'RunMetrics', description: 'What a run has taken; times in milliseconds' }),
);

export type RunMetrics = Inferred<typeof runMetrics>;

/** The isolation that is active for a run. */
export const isolation = schema(() =>
  z
    .object({
      /** Where the program's code runs. */
      program: z.enum(['memory', 'process', 'function']),
      /** Where its commands run. */
      command: z.enum(['none', 'process', 'function', 'task']),
    })
    .meta({ id: 'Isolation', description: 'Where the program of a run and its commands run' }),
);

/** An approval as its run shows it. */
const openApproval = schema(() =>
  approval()
    .omit({ details: true })
    .meta({ id: 'OpenApproval', description: 'An approval that waits, as its run shows it' }),
);

/** A run in full. */
export const run = schema(() =>
  runSummary()
    .extend({
      /** Up to 128 KiB of JSON. */
      input: json().exactOptional(),
      /** Where a longer input can be fetched as JSON; works without a token, for a short while. */
      inputUrl: z.string().exactOptional(),
      /** Once it has succeeded, up to 128 KiB of JSON. */
      output: json().exactOptional(),
      /** Where a longer output can be fetched, as `inputUrl`. */
      outputUrl: z.string().exactOptional(),
      /** Root of the workspace tree; `null` when it is empty. */
      tree: digest().nullable(),
      /** Operations answered so far. */
      operations: z.int(),
      /** 0 until an execution carries the run. */
      generation: z.int(),
      isolation: isolation(),
      /** Approvals that somebody has to decide: the first 100, without their details. */
      openApprovals: z.array(openApproval()),
    })
    .meta({ id: 'Run', description: 'A run in full' }),
);

export type Run = Inferred<typeof run>;
