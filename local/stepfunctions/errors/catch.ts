import type { Json } from '../../../shared/domain/json.ts';
import type { Visit } from '../executions/visit.ts';
import type { Result } from '../states/state.ts';
import { compileErrorMatch } from './matching.ts';
import type { StateFailure } from './state-failure.ts';

/** One entry of a `Catch` list. */
export interface CatchRule {
  readonly errorEquals: readonly string[];
  readonly next: string;
  /** What the state puts out and assigns for an error. Throws `StateFailure`. */
  caught(visit: Visit, errorOutput: Json): Result;
}

/** The rule that a failed state goes on by, and its number; `undefined` when nothing catches. */
export type CatchPolicy = (
  failure: StateFailure,
) => { readonly rule: CatchRule; readonly index: number } | undefined;

export function compileCatch(rules: readonly CatchRule[]): CatchPolicy {
  const matches = rules.map((rule) => compileErrorMatch(rule.errorEquals));
  return (failure) => {
    const index = matches.findIndex((match) => match(failure));
    const rule = rules[index];
    return rule === undefined ? undefined : { rule, index };
  };
}

/** What a Catch is given to see. A token may be failed without saying why. */
export function errorOutput({ error, explanation }: StateFailure): Json {
  if (error === undefined) return { Error: null, Cause: explanation ?? null };
  return { Error: error, Cause: explanation ?? '' };
}
