import type { Json } from '../../../shared/domain/json.ts';
import { states } from '../errors/names.ts';
import { InterpretationFailure } from '../errors/state-failure.ts';
import { maxPayloadBytes } from './limits.ts';

/** What a value may amount to while it is being made: more than may pass, so that filters can still cut it down. */
const maxSize = 4 * maxPayloadBytes;

/**
 * The value, unless it has far more in it than may pass between states. Parts may be shared, so that a small thing in
 * memory can be a huge text: this is told before anybody writes it.
 */
export function checkSize(value: Json): Json {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'string' && value.length > maxSize) throw tooMuch();
    return value;
  }
  const waiting: Json[] = [value];
  let size = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    size += typeof next === 'string' ? next.length + 3 : 3;
    if (size + waiting.length * 2 > maxSize) throw tooMuch();
    if (typeof next === 'object' && next !== null) size += addParts(next, waiting);
  }
  return value;
}

/** Adds what is in an object or a list, and returns the length of the names. */
function addParts(node: object, waiting: Json[]): number {
  if (Array.isArray(node)) {
    for (const item of node as readonly Json[]) waiting.push(item);
    return 0;
  }
  let length = 0;
  for (const [name, item] of Object.entries(node)) {
    length += name.length + 3;
    waiting.push(item as Json);
  }
  return length;
}

function tooMuch(): InterpretationFailure {
  return new InterpretationFailure(
    states.dataLimitExceeded,
    'The data made has a size exceeding the maximum number of bytes service limit.',
  );
}
