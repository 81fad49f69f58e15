import { states } from './names.ts';
import type { StateFailure } from './state-failure.ts';

/** Whether a Retry or Catch that lists `errorEquals` answers for a failure. */
export type ErrorMatch = (failure: StateFailure) => boolean;

/**
 * `States.Runtime` is beyond every list. `States.DataLimitExceeded` is documented to be beyond `States.ALL`; the service
 * nevertheless lets it be caught, as its recorded executions show.
 */
export function compileErrorMatch(errorEquals: readonly string[]): ErrorMatch {
  const names = new Set(errorEquals);
  return (failure) => {
    if (failure.error === states.runtime) return false;
    if (failure.error !== undefined && names.has(failure.error)) return true;
    if (failure.aliases.some((alias) => names.has(alias))) return true;
    return names.has(states.all) || (names.has(states.taskFailed) && failure.error !== states.timeout);
  };
}
