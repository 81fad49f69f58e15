import * as z from 'zod';
import { type Json, json } from './json.ts';
import { agentName, versionSelector, workspacePath } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

/** Limits of operations; sizes in characters, times in milliseconds. A test holds them against those of the core. */
export const operationLimits = {
  command: 4_096,
  commandTimeoutMs: { min: 1_000, max: 3_600_000 },
  /** The longest sleep or wait. What comes after is another run's business. */
  waitMs: 3 * 365 * 24 * 3_600_000,
  /** Base64 of the largest file. */
  content: 14 * 1024 * 1024,
  edits: 1_000,
  message: 100_000,
  /** Names and values of a command's environment together; small enough that the request stays in its event. */
  environment: 32 * 1024,
  /** Details of an approval, as JSON text. */
  details: 32 * 1024,
  /** What, why and impact of an approval. */
  prose: 4_000,
} as const;

const { command, commandTimeoutMs, content, details, edits, environment, message, prose, waitMs } =
  operationLimits;

const fileEncoding = schema(() => z.enum(['utf-8', 'base64']));

const text = (longest: number) => z.string().min(1).max(longest);

const duration = (shortest: number, longest: number) => z.int().min(shortest).max(longest);

/** A folder in a workspace: a path, with or without a slash at its end; empty or `.` is the root. */
const workspaceFolder = schema(() =>
  z.union(
    [z.literal(''), z.literal('.'), z.templateLiteral([workspacePath(), '/']), workspacePath()],
    'a relative path without . or .. segments',
  ),
);

/** A check for the length of a value's JSON text, and what it expects. */
const smallerThan = (longest: number) =>
  [
    (value: unknown) => JSON.stringify(value).length <= longest,
    `at most ${longest} characters of JSON`,
  ] as const;

const nothing = schema(() => z.strictObject({}));

const object = schema(() =>
  z.custom<{ readonly [key: string]: Json }>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'a JSON object',
  ),
);

/** Arguments of each operation as they cross the wire; durations in milliseconds. */
export const operationSchemas = {
  now: nothing,
  random: nothing,
  id: nothing,
  log: schema(() =>
    z.strictObject({
      message: z.string().max(message),
      level: z.enum(['debug', 'info', 'warn', 'error']).exactOptional(),
      data: json().exactOptional(),
    }),
  ),
  'file.read': schema(() =>
    z.strictObject({ path: workspacePath(), encoding: fileEncoding().exactOptional() }),
  ),
  'file.write': schema(() =>
    z.strictObject({
      path: workspacePath(),
      content: z.string().max(content),
      encoding: fileEncoding().exactOptional(),
    }),
  ),
  'file.edit': schema(() =>
    z.strictObject({
      path: workspacePath(),
      edits: z
        .array(z.strictObject({ oldContent: text(content), newContent: z.string().max(content) }))
        .min(1)
        .max(edits),
    }),
  ),
  'file.delete': schema(() => z.strictObject({ path: workspacePath() })),
  'file.list': schema(() => z.strictObject({ path: workspaceFolder().exactOptional() })),
  'artifact.add': schema(() =>
    z.strictObject({
      path: workspacePath(),
      name: text(255).exactOptional(),
      mediaType: z
        .string()
        .max(255)
        .regex(/^[\w.+-]+\/[\w.+-]+(\s*;.*)?$/, 'a media type such as text/plain')
        .exactOptional(),
    }),
  ),
  'command.run': schema(() =>
    z.strictObject({
      command: text(command),
      cwd: workspaceFolder().exactOptional(),
      env: z
        .record(z.string().regex(/^[A-Za-z_]\w*$/, 'a variable name'), z.string())
        .refine(...smallerThan(environment))
        .exactOptional(),
      timeoutMs: duration(commandTimeoutMs.min, commandTimeoutMs.max).exactOptional(),
    }),
  ),
  'approval.request': schema(() =>
    z.strictObject({
      what: text(prose),
      why: text(prose).exactOptional(),
      impact: text(prose).exactOptional(),
      role: z.enum(['user', 'operator', 'admin']).exactOptional(),
      expiresInMs: duration(1_000, waitMs).exactOptional(),
      details: object()
        .refine(...smallerThan(details))
        .exactOptional(),
    }),
  ),
  'signal.wait': schema(() =>
    z.strictObject({
      name: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/, 'letters, digits and . _ : -, at most 128'),
      timeoutMs: duration(0, waitMs).exactOptional(),
    }),
  ),
  sleep: schema(() => z.strictObject({ ms: duration(0, waitMs) })),
  'agent.call': schema(() =>
    z.strictObject({
      agent: agentName(),
      version: versionSelector().exactOptional(),
      input: json(),
    }),
  ),
} as const;

export type OperationKind = keyof typeof operationSchemas;

export const operationKind = schema(() => z.enum(Object.keys(operationSchemas) as OperationKind[]));

/** Arguments of each operation. */
export type OperationArguments = {
  [K in OperationKind]: Inferred<(typeof operationSchemas)[K]>;
};

export type FileEncoding = Inferred<typeof fileEncoding>;

/** A file of the workspace; `digest` is the SHA-256 of its content, `size` in bytes. */
export interface FileEntry {
  readonly path: string;
  readonly digest: string;
  readonly size: number;
}

/** What a command left behind. */
export interface CommandResult {
  /** `null` when a signal ended the command. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
  readonly timedOut: boolean;
  /** Paths changed in the workspace. */
  readonly changed: readonly string[];
  /** What the reader should know: output that was cut, links that a workspace does not keep. */
  readonly notes?: readonly string[];
}

/** A person's answer. */
export interface Decision {
  readonly decision: 'approved' | 'denied' | 'expired';
  /** Who decided. */
  readonly by?: string;
  readonly reason?: string;
}

/** Results of each operation. */
export interface OperationResults {
  /** Milliseconds since the epoch. */
  now: number;
  /** In [0, 1). */
  random: number;
  /** ULID in lower case. */
  id: string;
  log: null;
  'file.read': { path: string; content: string; encoding: FileEncoding; size: number };
  'file.write': { path: string; bytesWritten: number; digest: string };
  'file.edit': { path: string; editsApplied: number; digest: string };
  'file.delete': { path: string };
  'file.list': { files: readonly FileEntry[] };
  'artifact.add': { name: string; path: string; mediaType: string; digest: string; size: number };
  'command.run': CommandResult;
  'approval.request': Decision;
  /** `null` payload and `timedOut` when nobody signalled in time. */
  'signal.wait': { name: string; payload: Json; timedOut: boolean };
  sleep: null;
  'agent.call': { run: string; output: Json };
}
