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

/** A file that stands in the request itself. */
export type InlineFile = StartFile & { readonly content: string };

/** Brings bytes to the server; resolves with what names them there. */
export type Bring = (bytes: Uint8Array) => Promise<string>;

/** Files above this size, in bytes, are uploaded instead of standing in the request. */
const inlineBytes = 128 * 1024;

/**
 * Reads files for the workspace of a run; each keeps its place below `cwd`, others come to the root. Large ones are
 * brought to the server one after the other, so that one at a time is in memory.
 */
export async function readStartFiles(
  paths: readonly string[],
  cwd: string,
  bring: Bring,
): Promise<StartFile[]> {
  const files: StartFile[] = [];
  for (const path of paths) {
    const [file, place] = [resolve(cwd, path), placeOf(path, cwd)];
    const bytes = await readBytes(file, wireLimits.uploadBytes);
    if (bytes.length > inlineBytes) files.push({ path: place, upload: await bring(bytes) });
    else files.push(inline(place, bytes));
  }
  assertSize(files);
  return files;
}

/** One file, under a path of the workspace. Throws naming it when it cannot be read or sent. */
export async function readStartFile(file: string, path: string): Promise<InlineFile> {
  return inline(path, await readBytes(file, wireLimits.bodyBytes - besideFiles));
}

function inline(path: string, bytes: Buffer): InlineFile {
  return isUtf8(bytes)
    ? { path, content: bytes.toString('utf8') }
    : { path, content: bytes.toString('base64'), encoding: 'base64' };
}

function placeOf(path: string, cwd: string): string {
  const place = relative(cwd, resolve(cwd, path));
  return place.startsWith('..') || isAbsolute(place) ? basename(path) : place.split(sep).join('/');
}

const unreadable: Readonly<Record<string, string>> = { ENOENT: 'does not exist', EISDIR: 'is a folder' };

async function readBytes(file: string, most: number): Promise<Buffer> {
  try {
    const { size: length } = await stat(file);
    // Gigabytes are not read to be refused.
    assertFits(file, length, most);
    return await readFile(file);
  } catch (error) {
    if (isTandemError(error)) throw error;
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file} ${unreadable[code] ?? 'cannot be read'}`);
  }
}

/** What a request has besides the files, in bytes: the agent, the input, the names. */
const besideFiles = 16_000;

function assertFits(file: string, length: number, most: number): void {
  if (length <= most) return;
  throw new TandemError('request.too-large', {
    message: `${file} has ${size(length)}; ${size(most)} is the most that can be sent`,
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
