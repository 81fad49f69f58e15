import { TandemError } from '../errors/tandem-error.ts';

/** Result codes of SQLite that mean something to a person: https://www.sqlite.org/rescode.html. */
const sqlite = {
  permission: 3,
  busy: 5,
  readonly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
  /** Growing the shared-memory file failed: in practice, no space is left. */
  sharedMemorySize: 10 | (19 << 8),
  /** Writing failed, though not for a full disk: in practice, a quota or a limit on the size of files. */
  write: 10 | (3 << 8),
} as const;

interface SqliteFailure extends Error {
  readonly code: 'ERR_SQLITE_ERROR';
  /** Extended result code; its low byte is the primary one. */
  readonly errcode: number;
}

function isSqliteFailure(error: unknown): error is SqliteFailure {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR' && 'errcode' in error;
}

/** Whether another process holds the lock that was wanted. */
export function isBusy(error: unknown): boolean {
  return isSqliteFailure(error) && (error.errcode & 0xff) === sqlite.busy;
}

/** What a failure of SQLite means for the user of `file`; anything that is not SQLite's is returned as it is. */
export function storeError(error: unknown, file: string): unknown {
  if (!isSqliteFailure(error)) return error;
  const details = { file, sqlite: error.errcode };
  if (error.errcode === sqlite.sharedMemorySize || error.errcode === sqlite.write) {
    return new TandemError('data.full', {
      message: `There is no space left for ${file}.`,
      details,
      cause: error,
    });
  }
  switch (error.errcode & 0xff) {
    case sqlite.permission:
    case sqlite.readonly:
    case sqlite.cannotOpen:
      return new TandemError('data.permission', {
        message: `${file} cannot be opened for reading and writing.`,
        details,
        cause: error,
      });
    case sqlite.full:
      return new TandemError('data.full', {
        message: `There is no space left for ${file}.`,
        details,
        cause: error,
      });
    case sqlite.corrupt:
    case sqlite.notADatabase:
      return new TandemError('data.damaged', {
        message: `${file} is damaged or not a database.`,
        details,
        cause: error,
      });
    case sqlite.busy:
      return new TandemError('internal', {
        message: `${file} stayed locked by another process.`,
        details,
        cause: error,
      });
    case sqlite.ioError:
      return new TandemError('internal', {
        message: `The disk reported an error for ${file}.`,
        details,
        cause: error,
      });
    default:
      return error;
  }
}
