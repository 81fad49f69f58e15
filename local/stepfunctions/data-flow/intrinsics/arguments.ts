import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { isObject } from '../is-object.ts';
import { InvalidArguments } from './call.ts';

/** Characters that may be encoded, decoded or hashed. */
const maxCharacters = 10_000;

export function list(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  throw new InvalidArguments('an array is expected');
}

export function object(value: Json | undefined): JsonObject {
  if (isObject(value)) return value;
  throw new InvalidArguments('a JSON object is expected');
}

export function text(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  throw new InvalidArguments('a string is expected');
}

/** Text of the length that the service encodes, decodes and hashes. */
export function shortText(value: Json | undefined): string {
  const given = text(value);
  if (given.length <= maxCharacters || [...given].length <= maxCharacters) return given;
  throw new InvalidArguments(`a string of ${maxCharacters} characters or less is expected`);
}

/** A number, rounded to the next integer (halves up). */
export function integer(value: Json | undefined): number {
  if (typeof value !== 'number') throw new InvalidArguments('a number is expected');
  const rounded = Math.round(value) + 0;
  if (Number.isSafeInteger(rounded)) return rounded;
  throw new InvalidArguments('the number is too large');
}
