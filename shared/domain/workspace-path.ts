import { TandemError } from '../errors/tandem-error.ts';
import { limits } from './limits.ts';

/**
 * The path of a workspace file in its one spelling: relative, segments joined by `/`, Unicode in normal form C, so
 * that a path means the same file on every machine and in every policy. Throws `operation.invalid` for anything else.
 */
export function workspacePath(path: string): string {
  const normal = path.normalize('NFC');
  const fault = faultOf(normal);
  if (fault === undefined) return normal;
  throw new TandemError('operation.invalid', {
    message: `The path ${shown(path)} ${fault}.`,
    details: { path: shown(path) },
  });
}

/** The path of a workspace folder: as {@link workspacePath}; absent, empty or `.` is the root, returned as `''`. */
export function workspaceFolder(path: string | undefined): string {
  if (path === undefined || path === '' || path === '.') return '';
  return workspacePath(path.endsWith('/') ? path.slice(0, -1) : path);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const control = /[\u0000-\u001f\u007f]/;

function faultOf(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.length > limits.pathCharacters) return `is longer than ${limits.pathCharacters} characters`;
  if (control.test(path)) return 'contains a control character';
  if (path.includes('\\')) return 'contains a backslash; separate folders with `/`';
  if (!path.isWellFormed()) return 'is not well-formed Unicode';
  if (path.startsWith('/')) return 'is absolute; paths are relative to the workspace';
  return path.split('/').map(segmentFault).find(Boolean);
}

function segmentFault(segment: string): string | undefined {
  if (segment === '') return 'has an empty segment';
  if (segment === '.' || segment === '..') return `has the segment \`${segment}\``;
  return undefined;
}

/** As JSON text, cut short: a path that is refused may be anything. */
function shown(path: string): string {
  return JSON.stringify(path.length > 80 ? `${path.slice(0, 80)}…` : path);
}
