import type { Digest } from '../../domain/content.ts';
import type { Outcome } from '../../domain/events.ts';
import type { Json } from '../../domain/json.ts';
import type { CommandResult } from '../../domain/operations.ts';
import { workspacePath } from '../../domain/workspace-path.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { TenantBlobs } from '../../ports/blobs.ts';
import { type ChangedFile, changedFiles, type Done, type Failed } from '../../protocol/report.ts';
import { fromContent, toContent } from '../content.ts';
import { applyChanges, type WorkspaceChange } from '../workspace/apply-changes.ts';

/** What `operation.completed` says of a command. Every blob it names is durable. */
export interface CommandOutcome {
  readonly outcome: Outcome;
  /** Root of the workspace tree, only if it changed. */
  readonly tree?: Digest | null;
}

/**
 * The outcome of a command from its worker's last message. `tree` is the run's workspace as it is now: what other
 * operations have changed meanwhile stays, unless the command changed the same files. After a conflict in the log, ask
 * again with the new tree. Throws only when the infrastructure fails.
 */
export async function commandOutcome(
  blobs: TenantBlobs,
  { report, tree }: { report: Done | Failed; tree: Digest | null },
): Promise<CommandOutcome> {
  if (report.type === 'failed') return { outcome: { ok: false, error: report.error } };
  try {
    const changes = await changesOf(blobs, report);
    const after = await applyChanges(blobs, tree, changes);
    const value = await toContent(blobs, resultOf(report, changes) as unknown as Json);
    return { outcome: { ok: true, value }, ...(after !== tree && { tree: after }) };
  } catch (error) {
    if (!(error instanceof TandemError) || error.status >= 500) throw error;
    return { outcome: { ok: false, error: { code: 'operation.failed', message: lost(error.message) } } };
  }
}

function lost(reason: string): string {
  return `The command has run, but its changes to the workspace could not be kept: ${reason}`;
}

function resultOf(report: Done, changes: readonly WorkspaceChange[]): CommandResult {
  const { exitCode, stdout, stderr, durationMs, timedOut, notes } = report;
  const changed = changes.map(({ path }) => path);
  const result = { exitCode, stdout, stderr, durationMs, timedOut, changed };
  return notes.length > 0 ? { ...result, notes } : result;
}

async function changesOf(blobs: TenantBlobs, { changed }: Done): Promise<readonly WorkspaceChange[]> {
  const files = Array.isArray(changed) ? changed : await listedIn(blobs, changed.blob);
  await Promise.all(files.map((file) => assertStored(blobs, file)));
  return files.map(changeOf);
}

function changeOf(file: ChangedFile): WorkspaceChange {
  const path = workspacePath(file.path);
  return 'deleted' in file
    ? { path, deleted: true }
    : { ...file, path, executable: file.executable === true };
}

async function listedIn(blobs: TenantBlobs, blob: Digest): Promise<readonly ChangedFile[]> {
  if ((await blobs.size(blob)) === undefined) throw notUploaded('the list of changed files');
  const list = changedFiles().safeParse(await fromContent(blobs, { blob, size: 0 }).catch(unlessNoJson));
  if (!list.success) throw new TandemError('operation.failed', { message: 'the list is damaged.' });
  return list.data;
}

function unlessNoJson(error: unknown): undefined {
  if (!(error instanceof SyntaxError)) throw error;
}

/** A worker's word is not enough: an event names only blobs that are there (rule 4). */
async function assertStored(blobs: TenantBlobs, file: ChangedFile): Promise<void> {
  if ('deleted' in file) return;
  if ((await blobs.size(file.digest)) !== file.size) throw notUploaded(file.path);
}

function notUploaded(what: string): TandemError {
  return new TandemError('operation.failed', { message: `${what} was not uploaded.` });
}
