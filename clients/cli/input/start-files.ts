import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { wireLimits } from '../../../shared/protocol/limits.ts';
import type { StartRun } from '../../../shared/protocol/runs.ts';
import { size } from '../terminal/units.ts';
import { UsageError } from '../usage-error.ts';

/** A file that a run starts with. */
export type StartFile = NonNullable<StartRun['files']>[number];

/** Reads files for the workspace of a run; each keeps its place below `cwd`, others come to the root. */
export async function readStartFiles(paths: readonly string[], cwd: string): Promise<StartFile[]> {
  const files = await Promise.all(paths.map((path) => readStartFile(resolve(cwd, path), placeOf(path, cwd))));
  assertSize(files);
  return files;
}

/** One file, under a path of the workspace. */
export async function readStartFile(file: string, path: string): Promise<StartFile> {
  const bytes = await readBytes(file);
  return isUtf8(bytes)
    ? { path, content: bytes.toString('utf8') }
    : { path, content: bytes.toString('base64'), encoding: 'base64' };
}

function placeOf(path: string, cwd: string): string {
  const place = relative(cwd, resolve(cwd, path));
  return place.startsWith('..') || isAbsolute(place) ? basename(path) : place.split(sep).join('/');
}

const unreadable: Readonly<Record<string, string>> = { ENOENT: 'does not exist', EISDIR: 'is a folder' };

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file} ${unreadable[code] ?? 'cannot be read'}`);
  }
}

/** What the files take in a request, roughly: said here, where the names are known. */
function assertSize(files: readonly StartFile[]): void {
  const characters = files.reduce((sum, { content }) => sum + content.length, 0);
  if (characters <= wireLimits.bodyBytes) return;
  throw new TandemError('request.too-large', {
    message: `The files take ${size(characters)}; a run can start with ${size(wireLimits.bodyBytes)}`,
  });
}
