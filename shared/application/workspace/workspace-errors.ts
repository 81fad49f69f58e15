import { TandemError } from '../../errors/tandem-error.ts';

/** There is nothing at the path. */
export function noSuchFile(path: string): TandemError {
  return new TandemError('file.not-found', {
    message: `There is no file ${path} in the workspace.`,
    details: { path },
  });
}

/** A file is wanted where a folder is. */
export function folderInTheWay(path: string): TandemError {
  return new TandemError('file.conflict', {
    message: `${path} is a folder, not a file.`,
    details: { path, is: 'folder' },
  });
}

/** A folder is wanted where a file is. */
export function fileInTheWay(path: string): TandemError {
  return new TandemError('file.conflict', {
    message: `${path} is a file, not a folder.`,
    details: { path, is: 'file' },
  });
}
