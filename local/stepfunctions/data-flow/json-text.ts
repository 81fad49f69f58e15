import type { Json } from '../../../shared/domain/json.ts';
import { runtimeFailure } from '../errors/state-failure.ts';
import { isObject } from './is-object.ts';

/** A value as JSON text. Ends the state as `States.Runtime` where it is too deep or too large to be written. */
export function jsonText(value: Json): string {
  return written(() => JSON.stringify(value));
}

/** The text that all values share which are equal: the members of objects are in order. Throws as `jsonText` does. */
export function canonicalText(value: Json): string {
  return written(() =>
    JSON.stringify(value, (_, member: Json) => (isObject(member) ? sorted(member) : member)),
  );
}

function sorted(object: { readonly [key: string]: Json }): Json {
  return Object.fromEntries(Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function written(write: () => string): string {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw runtimeFailure('The data is nested too deeply, or too large, to be written as JSON');
  }
}
