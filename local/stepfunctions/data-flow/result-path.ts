import type { Json } from '../../../shared/domain/json.ts';
import { InterpretationFailure } from '../errors/state-failure.ts';
import { isObject } from './is-object.ts';
import { parseReferencePath, type Segment } from './json-path/reference.ts';
import { jsonText } from './json-text.ts';

/** Puts a result into a state's input and returns the whole; neither is changed. */
export type ResultPath = (input: Json, result: Json) => Json;

export const resultReplaces: ResultPath = (_, result) => result;
export const resultDiscarded: ResultPath = (input) => input;

/** Compiles a `ResultPath`: `null` discards the result, `$` replaces the input. Throws `PathSyntaxError`. */
export function compileResultPath(source: string | null): ResultPath {
  if (source === null) return resultDiscarded;
  const segments = parseReferencePath(source);
  if (segments.length === 0) return resultReplaces;
  return (input, result) => place(input, segments, result, source);
}

function place(
  node: Json | undefined,
  [segment, ...rest]: readonly Segment[],
  result: Json,
  source: string,
): Json {
  if (segment === undefined) return result;
  if (typeof segment === 'number') return placeInArray(node, segment, rest, { result, source });
  if (node !== undefined && !isObject(node)) throw mismatch(node, source);
  return { ...node, [segment]: place(node?.[segment], rest, result, source) };
}

function placeInArray(
  node: Json | undefined,
  index: number,
  rest: readonly Segment[],
  { result, source }: { readonly result: Json; readonly source: string },
): Json {
  if (!Array.isArray(node) || index >= node.length) throw mismatch(node ?? null, source);
  return (node as readonly Json[]).with(index, place(node[index], rest, result, source));
}

function mismatch(node: Json, source: string): InterpretationFailure {
  return new InterpretationFailure(
    'States.ResultPathMatchFailure',
    `Unable to apply Reference Path '${source}' to input '${jsonText(node)}'`,
  );
}
