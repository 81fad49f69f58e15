import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { isTandemError, TandemError } from '../../../shared/errors/tandem-error.ts';
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

/** One file, under a path of the workspace. Throws naming it when it cannot be read or sent. */
export async function readStartFile(file: string, path: string): Promise<StartFile> {
  const bytes = await readBytes(file);
  assertFits(file, bytes.length);
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
    const { size: length } = await stat(file);
    // Gigabytes are not read to be refused.
    assertFits(file, length);
    return await readFile(file);
  } catch (error) {
    if (isTandemError(error)) throw error;
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file} ${unreadable[code] ?? 'cannot be read'}`);
  }
}

/** What a request has besides the files, in bytes: the agent, the input, the names. */
const besideFiles = 16_000;

function assertFits(file: string, length: number): void {
  if (length <= wireLimits.bodyBytes - besideFiles) return;
  throw new TandemError('request.too-large', {
    message: `${file} has ${size(length)}; a run can start with ${size(wireLimits.bodyBytes)} of files`,
  });
}

/** What files take in a request: in JSON, quotes and line breaks take two bytes each. Said here, where names are known. */
export function assertSize(files: readonly StartFile[]): void {
  const bytes = Buffer.byteLength(JSON.stringify(files));
  if (bytes <= wireLimits.bodyBytes - besideFiles) return;
  const names = files.length === 1 ? files[0]?.path : `${files.length} files`;
  throw new TandemError('request.too-large', {
    message: `${names} take${files.length === 1 ? 's' : ''} ${size(bytes)} in a request, which can have ${size(wireLimits.bodyBytes)}`,
  });
}
