import { hash } from 'node:crypto';
import type { ChangedFile, Done, InputFile } from '../../shared/protocol/report.ts';
import { reportLimits } from '../../shared/protocol/report-limits.ts';
import { changesBetween } from './changes.ts';
import type { ReportLine } from './report.ts';
import type { CommandEnd } from './run-command.ts';
import { type Scan, scanFolder } from './scan-folder.ts';
import { type Upload, upload } from './upload.ts';

export interface Ended {
  readonly end: CommandEnd;
  /** The workspace that the command was given, by path. */
  readonly before: ReadonlyMap<string, InputFile>;
  readonly workspace: string;
  readonly line: ReportLine;
  readonly stop: AbortSignal;
}

/** Stores what a command changed and says what became of it. */
export async function doneMessage({ end, before, workspace, line, stop }: Ended): Promise<Done> {
  const scan = await scanFolder(workspace);
  const changed = changesBetween(before, scan.files);
  await upload(line, uploadsOf(changed, scan), stop);
  const stdout = end.stdout.text();
  const stderr = end.stderr.text();
  return {
    type: 'done',
    exitCode: end.exitCode,
    stdout: stdout.text,
    stderr: stderr.text,
    durationMs: end.durationMs,
    timedOut: end.timedOut,
    changed: await listed(changed, line, stop),
    notes: [...cutNote('stdout', stdout.cut), ...cutNote('stderr', stderr.cut), ...shortened(scan.notes)],
  };
}

function uploadsOf(changed: readonly ChangedFile[], { files }: Scan): Upload[] {
  return changed.flatMap(({ path }) => {
    const found = files.get(path);
    return found ? [{ digest: found.digest, body: { file: found.file, size: found.size } }] : [];
  });
}

/** A list too long for a message is uploaded as well. */
async function listed(changed: ChangedFile[], line: ReportLine, stop: AbortSignal): Promise<Done['changed']> {
  const text = JSON.stringify(changed);
  const size = Buffer.byteLength(text);
  if (size <= reportLimits.listBytes) return changed;
  const blob = hash('sha256', text, 'hex');
  await upload(line, [{ digest: blob, body: text }], stop);
  return { blob, size };
}

function cutNote(name: string, cut: number): string[] {
  return cut > 0 ? [`${cut} bytes of ${name} were left out.`] : [];
}

function shortened(notes: readonly string[]): string[] {
  const shown = notes.slice(0, 10).map((note) => note.slice(0, 1_000));
  return notes.length > 10 ? [...shown, `… and ${notes.length - 10} more.`] : shown;
}
