import type { BlobRef, Digest } from './content.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * What an agent can ask, by kind. `repeatable` operations are recorded once, with their outcome; `claimed` ones are
 * claimed by a worker before the effect (rule 8); `awaited` ones are settled by somebody else: a person, a signal, the
 * clock or a child run. `carried` ones ride with the next recorded operation and never cause a commit alone (rule 13).
 */
export const operationKinds = {
  now: 'carried',
  random: 'carried',
  id: 'carried',
  log: 'carried',
  'file.read': 'repeatable',
  'file.write': 'repeatable',
  'file.edit': 'repeatable',
  'file.delete': 'repeatable',
  'file.list': 'repeatable',
  'artifact.add': 'repeatable',
  'command.run': 'claimed',
  'approval.request': 'awaited',
  'signal.wait': 'awaited',
  sleep: 'awaited',
  'agent.call': 'awaited',
} as const satisfies Record<string, 'carried' | 'repeatable' | 'claimed' | 'awaited'>;

export type OperationKind = keyof typeof operationKinds;

/** Arguments of each operation as the agent gives them; durations in milliseconds, times in ISO 8601 UTC. */
export interface OperationArguments {
  now: Record<string, never>;
  random: Record<string, never>;
  id: Record<string, never>;
  log: { message: string; level?: 'debug' | 'info' | 'warn' | 'error'; data?: Json };
  'file.read': { path: string; encoding?: FileEncoding };
  'file.write': { path: string; content: string; encoding?: FileEncoding };
  'file.edit': { path: string; edits: readonly { oldContent: string; newContent: string }[] };
  'file.delete': { path: string };
  /** Lists all files below `path` (default: the root of the workspace). */
  'file.list': { path?: string };
  /** Declares a workspace file to be a result of the run. */
  'artifact.add': { path: string; name?: string; mediaType?: string };
  'command.run': { command: string; cwd?: string; env?: Record<string, string>; timeoutMs?: number };
  'approval.request': {
    what: string;
    why?: string;
    impact?: string;
    role?: string;
    expiresInMs?: number;
    details?: JsonObject;
  };
  'signal.wait': { name: string; timeoutMs?: number };
  sleep: { ms: number };
  'agent.call': { agent: string; version?: string; input: Json };
}

export type FileEncoding = 'utf-8' | 'base64';

/** Results of each operation as the agent receives them. */
export interface OperationResults {
  /** Milliseconds since the epoch. */
  now: number;
  /** In [0, 1). */
  random: number;
  /** A new unique id (ULID, lower case). */
  id: string;
  log: null;
  'file.read': { path: string; content: string; encoding: FileEncoding; size: number };
  'file.write': { path: string; bytesWritten: number; digest: Digest };
  'file.edit': { path: string; editsApplied: number; digest: Digest };
  'file.delete': { path: string };
  'file.list': { files: readonly FileEntry[] };
  'artifact.add': { name: string; path: string; mediaType: string; digest: Digest; size: number };
  'command.run': CommandResult;
  'approval.request': {
    decision: 'approved' | 'denied' | 'expired';
    by?: string;
    reason?: string;
  };
  /** `null` payload and `timedOut` when nobody signalled in time. */
  'signal.wait': { name: string; payload: Json; timedOut: boolean };
  sleep: null;
  'agent.call': { run: string; output: Json };
}

export interface FileEntry {
  readonly path: string;
  readonly digest: Digest;
  readonly size: number;
}

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

/** An artefact as the run lists it. */
export interface Artifact extends BlobRef {
  readonly name: string;
  readonly path: string;
  readonly mediaType: string;
}
