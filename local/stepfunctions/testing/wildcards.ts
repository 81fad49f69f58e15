import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';

/** What only a run can tell; some times were recorded by their names alone. */
const wildcard = /<any:[^>]*>|^(start|entered)-time$/;

/** Told by one side only: headers of answers, logs of functions, what the service has learned since it was recorded. */
const unlike = new Set(['SdkHttpMetadata', 'SdkResponseMetadata', 'LogResult', 'RedriveCount']);

/** Whether a value is as recorded: `<any:…>` stands for anything, and a cause may be recorded as an object. */
export function matches(actual: Json | undefined, recorded: Json): boolean {
  if (typeof recorded === 'string' && wildcard.test(recorded)) return actual !== undefined;
  if (Array.isArray(recorded)) return matchesList(actual, recorded);
  if (!isObject(recorded)) return isDeepStrictEqual(actual, recorded);
  if (!isObject(actual)) return false;
  const names = new Set([...Object.keys(recorded), ...Object.keys(actual)]);
  return [...names].every((name) => unlike.has(name) || matchesField(name, actual[name], recorded[name]));
}

function matchesField(name: string, actual: Json | undefined, recorded: Json | undefined): boolean {
  if (recorded === undefined) return actual === undefined;
  if (name.toLowerCase() === 'cause') return recorded === '' ? actual === '' : actual !== undefined;
  return matches(actual, recorded);
}

function matchesList(actual: Json | undefined, recorded: readonly Json[]): boolean {
  return (
    Array.isArray(actual) &&
    actual.length === recorded.length &&
    recorded.every((item, index) => matches(actual[index], item))
  );
}
