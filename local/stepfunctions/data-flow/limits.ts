import { states } from '../errors/names.ts';
import { StateFailure } from '../errors/state-failure.ts';
import type { JsonData } from './json-data.ts';

/** Bytes (UTF-8) of the input or output of a state, a task or an execution. */
export const maxPayloadBytes = 262_144;

/** Bytes (UTF-8) of all variables of a line of states. */
export const maxVariablesBytes = 10 * 1024 * 1024;

/** Whether text is beyond what may pass between states. */
export function tooLarge(text: string): boolean {
  // A UTF-16 unit takes three bytes at most, so that short texts need not be measured.
  return text.length * 3 > maxPayloadBytes && Buffer.byteLength(text) > maxPayloadBytes;
}

/** The data, or the failure of the state that made too much of it. */
export function withinLimit(data: JsonData, state: string): JsonData {
  if (!tooLarge(data.text)) return data;
  throw new StateFailure({
    error: states.dataLimitExceeded,
    cause: `The state/task '${state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  });
}

export function tooManyVariables(state: string): StateFailure {
  return new StateFailure({
    error: states.dataLimitExceeded,
    cause: `The state/task '${state}' assigned variables whose size in all exceeds the maximum number of bytes service limit.`,
  });
}
