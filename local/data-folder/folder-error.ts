import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';

/** What the codes of the operating system mean for whoever has chosen the data folder. */
const meanings: Readonly<Record<string, { readonly code: ErrorCode; readonly what: string }>> = {
  ...of('data.full', 'has no space left', ['ENOSPC', 'EDQUOT', 'EFBIG']),
  ...of('data.permission', 'cannot be read and written', [
    'EACCES',
    'EEXIST',
    'EISDIR',
    'ELOOP',
    'ENOTDIR',
    'EPERM',
    'EROFS',
  ]),
};

function of(code: ErrorCode, what: string, systemCodes: readonly string[]) {
  return Object.fromEntries(systemCodes.map((systemCode) => [systemCode, { code, what }]));
}

/** A failure of the file system in the user's terms; anything else is returned as it is. `at`: if it names no path. */
export function folderError(error: unknown, at = 'The data folder'): unknown {
  if (!(error instanceof Error)) return error;
  const { code = '', path = at, dest = path } = error as NodeJS.ErrnoException & { dest?: string };
  const meaning = meanings[code];
  if (!meaning) return error;
  return new TandemError(meaning.code, { message: `${dest} ${meaning.what}`, cause: error });
}
