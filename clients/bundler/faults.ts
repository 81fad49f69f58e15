import type { Message } from 'esbuild';
import { TandemError } from '../../shared/errors/tandem-error.ts';

/** Something that the bundler found in a program. */
export interface Fault {
  /** `file:line:column`, from 1, the file relative to the program's folder; empty when no place is known. */
  readonly place: string;
  readonly message: string;
  /** The line of the place, and how many characters of it are meant; where it is known. */
  readonly source?: { readonly line: string; readonly length: number };
}

export function faultOf({ location, text }: Message): Fault {
  if (!location) return { place: '', message: text };
  const { file, line, column, lineText, length } = location;
  const source = lineText === '' ? {} : { source: { line: lineText, length } };
  return { place: `${file}:${line}:${column + 1}`, message: text, ...source };
}

export function refusal(errors: readonly Message[]): TandemError {
  const faults = errors.map(missingDefault).map(faultOf);
  const lines = faults.map(({ place, message }) => (place ? `${place}: ${message}` : message));
  return new TandemError('definition.invalid', { message: lines.join('\n'), details: { faults } });
}

/** esbuild reports a missing default export at the import in our own entry point, which the author never sees. */
function missingDefault(error: Message): Message {
  const [, file] = /^No matching export in "(.*)" for import "default"$/.exec(error.text) ?? [];
  if (file === undefined || !error.location?.file.startsWith('tandem:')) return error;
  const text = 'The program has no default export: write `export default async function run(input) { … }`.';
  return { ...error, text, location: { ...error.location, file, line: 1, column: 0, lineText: '' } };
}
