import type { Json } from '../../shared/protocol/json.ts';
import type {
  CommandResult,
  Decision,
  FileEncoding,
  FileEntry,
  OperationArguments,
  OperationResults,
} from '../../shared/protocol/operations.ts';
import type { Bridge } from '../../shared/protocol/program.ts';
import { finishThrough } from './finish.ts';
import { type Log, logThrough } from './log.ts';
import { type Operate, operateThrough } from './operate.ts';

/** Files of the workspace. Paths are relative to its root. */
export interface Files {
  /** The content, as text or, with `{ encoding: 'base64' }`, as base64. */
  read(path: string, options?: { readonly encoding?: FileEncoding }): Promise<string>;
  /** Creates or replaces; makes the folders it needs. */
  write(
    path: string,
    content: string,
    options?: { readonly encoding?: FileEncoding },
  ): Promise<OperationResults['file.write']>;
  /** Each edit replaces the first match of its `oldContent`, in order; all or nothing. */
  edit(
    path: string,
    ...edits: readonly { readonly oldContent: string; readonly newContent: string }[]
  ): Promise<OperationResults['file.edit']>;
  delete(path: string): Promise<void>;
  /** All files below a folder; default: the whole workspace. */
  list(path?: string): Promise<readonly FileEntry[]>;
}

export interface Commands {
  /**
   * Runs a shell command in the workspace. What it changes there is kept. An exit code other than 0 does not throw.
   * `timeoutMs`: 1,000 to 3,600,000; default 30,000.
   */
  run(command: string, options?: Omit<OperationArguments['command.run'], 'command'>): Promise<CommandResult>;
}

export interface Artifacts {
  /** Declares a workspace file to be a result of the run. */
  add(
    path: string,
    options?: Omit<OperationArguments['artifact.add'], 'path'>,
  ): Promise<OperationResults['artifact.add']>;
}

export interface Approvals {
  /** Waits, for days if need be, until a person has decided or the approval has expired. */
  request(request: OperationArguments['approval.request']): Promise<Decision>;
}

export interface Signals {
  /** Waits for a signal of this name; one that came earlier counts. */
  wait<Payload = Json>(
    name: string,
    options?: { readonly timeoutMs?: number },
  ): Promise<{ readonly name: string; readonly payload: Payload; readonly timedOut: boolean }>;
}

export interface Agents {
  /** Runs another agent of the tenant and waits for its output; throws when that run fails. */
  call<Output = Json>(
    agent: string,
    input: unknown,
    options?: { readonly version?: string },
  ): Promise<{ readonly run: string; readonly output: Output }>;
}

/** Everything a program can ask for. */
export interface Operations {
  readonly file: Files;
  readonly command: Commands;
  readonly artifact: Artifacts;
  readonly approval: Approvals;
  readonly signal: Signals;
  readonly agent: Agents;
  readonly log: Log;
  sleep(ms: number): Promise<void>;
  /** The time, in milliseconds since the epoch. */
  now(): Promise<number>;
  /** In [0, 1). */
  random(): Promise<number>;
  /** A new unique id that sorts by time (ULID). */
  id(): Promise<string>;
  /** Ends the run with this output, from anywhere. */
  finish(output?: unknown): never;
}

/** The operations of one run. */
export function createOperations(bridge: Bridge): Operations {
  const operate = operateThrough(bridge);
  return {
    file: files(operate),
    command: { run: (command, options) => operate('command.run', { command, ...options }) },
    artifact: { add: (path, options) => operate('artifact.add', { path, ...options }) },
    approval: { request: (request) => operate('approval.request', request) },
    signal: {
      wait: <Payload>(name: string, options?: { readonly timeoutMs?: number }) =>
        operate('signal.wait', { name, ...options }) as Promise<{
          name: string;
          payload: Payload;
          timedOut: boolean;
        }>,
    },
    agent: {
      call: <Output>(agent: string, input: unknown, options?: { readonly version?: string }) =>
        operate('agent.call', { agent, input: (input ?? null) as Json, ...options }) as Promise<{
          run: string;
          output: Output;
        }>,
    },
    log: logThrough(operate),
    sleep: async (ms) => void (await operate('sleep', { ms })),
    now: () => operate('now', {}),
    random: () => operate('random', {}),
    id: () => operate('id', {}),
    finish: finishThrough(bridge),
  };
}

function files(operate: Operate): Files {
  return {
    read: async (path, options) => (await operate('file.read', { path, ...options })).content,
    write: (path, content, options) => operate('file.write', { path, content, ...options }),
    edit: (path, ...edits) => operate('file.edit', { path, edits: [...edits] }),
    delete: async (path) => void (await operate('file.delete', { path })),
    list: async (path) => (await operate('file.list', path === undefined ? {} : { path })).files,
  };
}
