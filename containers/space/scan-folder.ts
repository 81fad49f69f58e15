import { createHash } from 'node:crypto';
import { constants, type Dirent } from 'node:fs';
import { type FileHandle, lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { workspacePath } from '../../shared/domain/workspace-path.ts';
import { reportLimits } from '../../shared/protocol/report-limits.ts';
import { CommandFailure } from './failure.ts';

/** A regular file below a folder. */
export interface FoundFile {
  /** As the workspace spells it. */
  readonly path: string;
  /** Where it lies. */
  readonly file: string;
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  readonly executable: boolean;
}

export interface Scan {
  /** By workspace path. */
  readonly files: ReadonlyMap<string, FoundFile>;
  /** What is there and not part of a workspace, in words. */
  readonly notes: readonly string[];
}

/** Reads a folder that a command has worked in. Links are never followed: a workspace holds regular files only. */
export async function scanFolder(folder: string): Promise<Scan> {
  const files = new Map<string, FoundFile>();
  const notes: string[] = [];
  if (!(await lstat(folder)).isDirectory()) {
    throw new CommandFailure('The command has put something else in the place of its workspace.');
  }
  await scan({ folder, below: '' }, { files, notes });
  return { files, notes };
}

interface Findings {
  readonly files: Map<string, FoundFile>;
  readonly notes: string[];
}

async function scan({ folder, below }: { folder: string; below: string }, found: Findings): Promise<void> {
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) await scan({ folder, below: name }, found);
    else await take({ folder, name }, entry, found);
  }
}

async function take(
  { folder, name }: { folder: string; name: string },
  entry: Dirent,
  { files, notes }: Findings,
): Promise<void> {
  const path = spelling(name);
  const fault = path === undefined ? 'its name cannot be a path in a workspace' : kindFault(entry);
  if (path === undefined || fault !== undefined || files.has(path)) {
    notes.push(`${name} is not kept: ${fault ?? 'another file has the same name in Unicode normal form C'}.`);
    return;
  }
  files.set(path, await readFound(path, join(folder, name)));
}

function spelling(name: string): string | undefined {
  // U+FFFD stands for bytes that are not UTF-8: such a file cannot be opened by this name.
  if (name.includes('\ufffd')) return undefined;
  try {
    return workspacePath(name);
  } catch {
    return undefined;
  }
}

function kindFault(entry: Dirent): string | undefined {
  if (entry.isFile()) return undefined;
  return entry.isSymbolicLink() ? 'it is a symbolic link' : 'it is not a regular file';
}

/** Not blocking and not following, should a process that is still there have put something else in its place. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

async function readFound(path: string, file: string): Promise<FoundFile> {
  await using handle = await open(file, openFlags);
  const { size, mode } = await handle.stat();
  if (size > reportLimits.fileBytes) {
    throw new CommandFailure(
      `The command left ${path} with ${size} bytes; a workspace file has at most ${reportLimits.fileBytes}. ` +
        'Its changes to the workspace are not kept.',
      'limit.exceeded',
    );
  }
  return { path, file, digest: await digestOf(handle), size, executable: (mode & 0o100) !== 0 };
}

async function digestOf(handle: FileHandle): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of handle.createReadStream({ autoClose: false })) digest.update(chunk as Buffer);
  return digest.digest('hex');
}
