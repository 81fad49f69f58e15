import { states } from './names.ts';
import type { StateFailure } from './state-failure.ts';

/** Whether a Retry or Catch that lists `errorEquals` answers for a failure. */
export type ErrorMatch = (failure: StateFailure) => boolean;

/** What `States.ALL` does not answer for; the first not even when it is named. */
const beyondAll: ReadonlySet<string | undefined> = new Set([states.runtime, states.dataLimitExceeded]);

export function compileErrorMatch(errorEquals: readonly string[]): ErrorMatch {
  const names = new Set(errorEquals);
  return (failure) => {
    if (failure.error === states.runtime) return false;
    if (failure.error !== undefined && names.has(failure.error)) return true;
    if (failure.aliases.some((alias) => names.has(alias))) return true;
    if (names.has(states.all)) return !beyondAll.has(failure.error);
    return names.has(states.taskFailed) && failure.error !== states.timeout && !beyondAll.has(failure.error);
  };
}
