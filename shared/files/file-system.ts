import * as promises from 'node:fs/promises';

/** What blobs need of a file system; tests watch the order of the calls. */
export type FileSystem = Pick<
  typeof promises,
  'mkdir' | 'open' | 'readdir' | 'readFile' | 'rename' | 'rm' | 'stat'
>;

export const nodeFileSystem: FileSystem = promises;

/** The system's code of a failure, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
