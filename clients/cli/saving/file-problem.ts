import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';

/** What the codes of the operating system mean for whoever has chosen where to write. */
const meanings: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'data.full',
  EDQUOT: 'data.full',
  EFBIG: 'data.full',
  EACCES: 'data.permission',
  EEXIST: 'data.permission',
  EISDIR: 'data.permission',
  ELOOP: 'data.permission',
  ENAMETOOLONG: 'data.permission',
  // Of a folder that is there: the file system takes no others, as `/proc`.
  ENOENT: 'data.permission',
  ENOTDIR: 'data.permission',
  EPERM: 'data.permission',
  EROFS: 'data.permission',
};

/** A failure to write at a place, a path for one, in the user's terms; anything else is returned as it is. */
export function fileProblem(error: unknown, place: string): unknown {
  const code = meanings[String((error as NodeJS.ErrnoException | undefined)?.code)];
  if (code === undefined) return error;
  const message =
    code === 'data.full' ? `There is no space left for ${place}` : `${capital(place)} cannot be written`;
  return new TandemError(code, { message, cause: error });
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
