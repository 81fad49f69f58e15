import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { removeFolder } from '../../shared/processes/remove-folder.ts';
import { killStrays, markVariable } from '../../shared/processes/strays.ts';
import type { CommandInput, Done, Failed } from '../../shared/protocol/report.ts';
import type { Assignment } from './assignment.ts';
import { CommandFailure } from './failure.ts';
import { fetchFiles } from './fetch-files.ts';
import { startPulse } from './pulse.ts';
import { Refused, ReportLine } from './report.ts';
import { doneMessage } from './result.ts';
import { runCommand } from './run-command.ts';

/**
 * Does one operation: claims it, runs its command on a copy of the workspace, reports. Nothing happens before the claim
 * is answered, and a claim that gets no answer is not repeated: the command may be somebody else's by then.
 * `ended` aborts when the worker itself is told to end.
 */
export async function work(assignment: Assignment, ended: AbortSignal): Promise<void> {
  const line = new ReportLine(assignment.report, assignment.ticket);
  try {
    const { worker, placement } = assignment;
    const input = await line.say<'claim'>({ type: 'claim', worker, ...(placement && { placement }) });
    if ('stop' in input) return;
    const pulse = startPulse(line);
    const stop = AbortSignal.any([pulse.stop, ended]);
    try {
      await report(line, await outcomeOf(assignment, { input, line, stop }), stop);
    } catch (error) {
      if (stop.aborted) await sayStopped(assignment, line, error);
      throw error;
    } finally {
      pulse.end();
    }
  } finally {
    killStrays(assignment.folder);
    await removeFolder(assignment.folder);
  }
}

/**
 * Says that the command was ended before its time. Who launched a process on this machine sees it die; nobody sees that
 * of a function, and a task takes its time. Said once: who does not hear it finds out when no life is left in the worker.
 */
async function sayStopped({ worker, folder }: Assignment, line: ReportLine, cause: unknown): Promise<void> {
  if (worker.kind === 'process') return;
  killStrays(folder);
  const reason = cause instanceof Error ? cause.message : String(cause);
  await line
    .say<'stopped'>({ type: 'stopped', reason: reason.slice(0, 1_000) || 'It was stopped' })
    .catch(() => {});
}

interface Task {
  readonly input: CommandInput;
  readonly line: ReportLine;
  readonly stop: AbortSignal;
}

async function outcomeOf(assignment: Assignment, task: Task): Promise<Done | Failed> {
  try {
    return await carryOut(assignment, task);
  } catch (error) {
    task.stop.throwIfAborted();
    const code = error instanceof CommandFailure ? error.code : 'operation.failed';
    return { type: 'failed', error: { code, message: wordsOf(error) } };
  }
}

function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CommandFailure) return message;
  return `The command could not be carried out: ${message}`.slice(0, 2_000);
}

async function carryOut(assignment: Assignment, { input, line, stop }: Task): Promise<Done> {
  const folders = await makeFolders(assignment.folder, input.cwd);
  const before = await fetchFiles(input.files, folders.workspace, stop);
  await mkdir(folders.cwd, { recursive: true });
  const env = environment(assignment, { input, folders });
  const end = await runCommand({ ...input, cwd: folders.cwd, env }, stop);
  killStrays(assignment.folder);
  stop.throwIfAborted();
  return doneMessage({ end, before, workspace: folders.workspace, line, stop });
}

interface Folders {
  readonly workspace: string;
  readonly cwd: string;
  readonly home: string;
  readonly temporary: string;
}

/** Home and temporary files lie beside the workspace, so that caches do not become part of it. */
async function makeFolders(folder: string, cwd: string): Promise<Folders> {
  const workspace = join(folder, 'workspace');
  const home = join(folder, 'home');
  const temporary = join(folder, 'tmp');
  await Promise.all([workspace, home, temporary].map((path) => mkdir(path, { mode: 0o700 })));
  return { workspace, cwd: join(workspace, cwd), home, temporary };
}

/** What the operation asks for, and the least that programs rely on; the Node that runs us is always found. */
function environment(
  { operation, folder }: Assignment,
  { input, folders }: { input: CommandInput; folders: Folders },
): Record<string, string> {
  const { SystemRoot, ComSpec, PATHEXT } = process.env;
  const windows = process.platform === 'win32';
  const system = windows
    ? { SystemRoot, ComSpec, PATHEXT, TEMP: folders.temporary, TMP: folders.temporary }
    : {};
  const paths = windows
    ? [`${SystemRoot}\\System32`, `${SystemRoot}`]
    : ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  const all = {
    ...system,
    PATH: [...paths, dirname(process.execPath)].join(windows ? ';' : ':'),
    HOME: folders.home,
    TMPDIR: folders.temporary,
    ...input.env,
    TANDEM_OPERATION: operation,
    [markVariable]: folder,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
}

async function report(line: ReportLine, message: Done | Failed, stop: AbortSignal): Promise<void> {
  try {
    await line.insist(message, stop);
  } catch (error) {
    if (!(error instanceof Refused) || message.type === 'failed') throw error;
    const refused: Failed = {
      type: 'failed',
      error: {
        code: 'operation.failed',
        message: `The result of the command was refused: ${error.message}`.slice(0, 2_000),
      },
    };
    await line.insist(refused, stop);
  }
}
