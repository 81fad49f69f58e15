import type { Json } from '../../../../shared/domain/json.ts';
import { isObject } from '../../data-flow/is-object.ts';
import { readerFailure } from '../reader-failure.ts';

/** A list in a document, at a JSON pointer or as a whole. */
export function* jsonItems(text: string, pointer: string | undefined): Generator<Json> {
  const document = parse(text, 'The object');
  const found = pointer === undefined ? document : at(document, pointer);
  if (!Array.isArray(found)) throw readerFailure('Attempting to map over non-iterable node.');
  yield* found as readonly Json[];
}

/** One document a line. */
export function* jsonLineItems(text: string): Generator<Json> {
  let from = 0;
  for (let line = 1; from < text.length; line += 1) {
    const end = text.indexOf('\n', from);
    const content = text.slice(from, end < 0 ? undefined : end).trim();
    from = end < 0 ? text.length : end + 1;
    if (content !== '') yield parse(content, `Line ${line} of the object`);
  }
}

function parse(text: string, what: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw readerFailure(`${what} is no JSON: ${(error as Error).message}`);
  }
}

/** RFC 6901. */
function at(document: Json, pointer: string): Json | undefined {
  let found: Json | undefined = document;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(found)) found = (found as readonly Json[])[Number(name)];
    else
      found =
        isObject(found ?? null) && Object.hasOwn(found as object, name)
          ? (found as Record<string, Json>)[name]
          : undefined;
  }
  return found;
}
