import type { Json } from '../../../shared/domain/json.ts';

/** The first place where two values differ; a value that is missing is absent. */
export interface Difference {
  /** JSON path, from `$`. */
  readonly path: string;
  readonly expected?: Json;
  readonly actual?: Json;
}

/** AWS's own texts, where they are to be compared; otherwise any text will do. */
export interface Exactness {
  readonly awsText?: readonly string[];
}

const wildcard = /<any:([^>]*)>/;
const wildcards = /<any:([^>]*)>/g;

/**
 * Where `actual` is not as recorded. A text that is just `<any:…>` stands for any value that is there, and within a
 * longer text for one character or more. A `cause` that is recorded as an object stands for JSON text of the same value.
 */
export function difference(
  expected: Json | undefined,
  actual: Json | undefined,
  { path = '$', ...exactness }: Exactness & { readonly path?: string } = {},
): Difference | undefined {
  const differs = {
    path,
    ...(expected !== undefined && { expected }),
    ...(actual !== undefined && { actual }),
  };
  if (expected === undefined || actual === undefined) return expected === actual ? undefined : differs;
  if (typeof expected === 'string') return textMatches(expected, actual, exactness) ? undefined : differs;
  if (typeof expected !== 'object' || expected === null) return expected === actual ? undefined : differs;
  if (typeof actual !== 'object' || actual === null || Array.isArray(expected) !== Array.isArray(actual))
    return differs;
  return children(expected, actual, { path, ...exactness });
}

function children(
  expected: object,
  actual: object,
  { path, ...exactness }: Exactness & { readonly path: string },
): Difference | undefined {
  const lists = Array.isArray(expected);
  for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const [wanted, got] = [own(expected, name), own(actual, name)];
    const below = { path: lists ? `${path}[${name}]` : `${path}${step(name)}`, ...exactness };
    const found = /^cause$/i.test(name)
      ? causeDifference(wanted, got, below)
      : difference(wanted, got, below);
    if (found !== undefined) return found;
  }
  return undefined;
}

const own = (value: object, name: string): Json | undefined =>
  Object.hasOwn(value, name) ? (value as Readonly<Record<string, Json>>)[name] : undefined;

const step = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;

/** The same of a cause. */
export function causeDifference(
  expected: Json | undefined,
  actual: Json | undefined,
  options: Exactness & { readonly path?: string } = {},
): Difference | undefined {
  const isParsed = typeof expected === 'object' && expected !== null && typeof actual === 'string';
  return difference(expected, isParsed ? parsed(actual) : actual, options);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function textMatches(expected: string, actual: Json, { awsText }: Exactness): boolean {
  const [whole, kind = ''] = wildcard.exec(expected) ?? [];
  if (whole === undefined) return expected === actual;
  if (whole === expected && !kind.startsWith('aws-text:')) return true;
  if (typeof actual !== 'string') return false;
  return new RegExp(`^${patternOf(expected, awsText)}$`, 's').test(actual);
}

/** A regular expression for a text with wildcards; texts of AWS hold wildcards themselves. */
function patternOf(text: string, awsText: readonly string[] | undefined): string {
  let pattern = '';
  let from = 0;
  for (const { 0: whole, 1: kind = '', index } of text.matchAll(wildcards)) {
    const known = kind.startsWith('aws-text:')
      ? awsText?.[Number(kind.slice('aws-text:'.length))]
      : undefined;
    pattern += `${escaped(text.slice(from, index))}${known === undefined ? '.+' : patternOf(known, undefined)}`;
    from = index + whole.length;
  }
  return pattern + escaped(text.slice(from));
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
