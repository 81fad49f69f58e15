import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { DefinitionError, type Problem } from './problems.ts';

/** Objects and lists within one another: more is a mistake, and more than can safely be walked through. */
const maxDepth = 1_000;

/** The object that a definition is written as. Throws a `DefinitionError`. */
export function readDefinition(text: string): JsonObject {
  if (isTooDeep(text)) refuse('TOO_DEEPLY_NESTED', `Definition is nested more than ${maxDepth} levels deep`);
  const parsed = text.trim() === '' ? undefined : parse(text);
  if (!isObject(parsed)) refuse('SCHEMA_VALIDATION_FAILED', 'Definition must be a valid JSON object');
  return parsed;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    return refuse('INVALID_JSON_DESCRIPTION', (error as Error).message);
  }
}

function refuse(code: Problem['code'], message: string): never {
  throw new DefinitionError([{ code, message }]);
}

const steps: Readonly<Record<string, number>> = { '[': 1, '{': 1, ']': -1, '}': -1 };

/** Texts within the JSON do not count; found without walking into it. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '"') quoted = !quoted;
    else if (quoted) index += character === '\\' ? 1 : 0;
    else depth += steps[character] ?? 0;
    if (depth > maxDepth) return true;
  }
  return false;
}
