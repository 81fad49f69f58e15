import type { Json } from '../../../shared/domain/json.ts';
import type { ResultPath } from '../data-flow/result-path.ts';
import { compileErrorMatch } from './matching.ts';
import type { StateFailure } from './state-failure.ts';

/** One entry of a `Catch` list. */
export interface CatchRule {
  readonly errorEquals: readonly string[];
  readonly next: string;
  readonly resultPath: ResultPath;
}

export interface Caught {
  readonly next: string;
  readonly output: Json;
}

/** Where a failed state goes on and with what, or `undefined` when nothing catches. */
export type CatchPolicy = (failure: StateFailure, input: Json) => Caught | undefined;

export function compileCatch(rules: readonly CatchRule[]): CatchPolicy {
  const matches = rules.map((rule) => compileErrorMatch(rule.errorEquals));
  return (failure, input) => {
    const rule = rules[matches.findIndex((match) => match(failure))];
    if (rule === undefined) return undefined;
    return { next: rule.next, output: rule.resultPath(input, errorOutput(failure)) };
  };
}

/** What a Catch puts at its `ResultPath`. */
function errorOutput(failure: StateFailure): Json {
  return { Error: failure.error ?? null, Cause: failure.explanation ?? '' };
}
