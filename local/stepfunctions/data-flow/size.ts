import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { states } from '../errors/names.ts';
import { InterpretationFailure } from '../errors/state-failure.ts';
import { maxPayloadBytes } from './limits.ts';

/** What a value may amount to while it is being made: more than may pass, so that filters can still cut it down. */
const maxSize = 4 * maxPayloadBytes;

/** How far down it is looked with calls within each other; the rest takes a stack of its own. */
const maxCalls = 100;

/**
 * The value, unless it has far more in it than may pass between states. Parts may be shared, so that a small thing in
 * memory can be a huge text: this is told before anybody writes it.
 */
export function checkSize(value: Json): Json {
  const deeper: Json[] = [];
  let left = spend(value, maxSize, { deeper, calls: maxCalls });
  for (let next = deeper.pop(); next !== undefined && left >= 0; next = deeper.pop())
    left = spend(next, left, { deeper, calls: maxCalls });
  if (left < 0) throw tooMuch();
  return value;
}

interface Depth {
  /** Where what is too deep is left. */
  readonly deeper: Json[];
  readonly calls: number;
}

/** What is left of a size after a value; less than nothing when it is more. */
function spend(value: Json, size: number, depth: Depth): number {
  if (typeof value === 'string') return size - value.length - 2;
  return typeof value === 'object' && value !== null ? spendParts(value, size - 2, depth) : size - 2;
}

function spendParts(parent: Extract<Json, object>, size: number, { deeper, calls }: Depth): number {
  if (calls === 0) {
    deeper.push(parent);
    return size;
  }
  const depth = { deeper, calls: calls - 1 };
  let left = size;
  if (Array.isArray(parent)) {
    for (const item of parent as readonly Json[]) {
      if (left < 0) return left;
      left = spend(item, left - 1, depth);
    }
    return left;
  }
  for (const name of Object.keys(parent)) {
    if (left < 0) return left;
    left = spend((parent as JsonObject)[name] as Json, left - name.length - 3, depth);
  }
  return left;
}

function tooMuch(): InterpretationFailure {
  return new InterpretationFailure(
    states.dataLimitExceeded,
    'The data made has a size exceeding the maximum number of bytes service limit.',
  );
}
