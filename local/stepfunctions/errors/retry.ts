import { compileErrorMatch } from './matching.ts';
import type { StateFailure } from './state-failure.ts';

/** One entry of a `Retry` list, as written, with its defaults. */
export interface RetryRule {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly jitter: 'FULL' | 'NONE';
}

/** How often each rule has been used by the state that is being tried; written with every retry. */
export type RetryCounts = readonly number[];

/** What the first rule that matches says; it may be used up. */
export interface RetryDecision {
  /** Number of the rule. */
  readonly index: number;
  readonly again:
    | {
        /** Milliseconds from the failure to the next attempt. */
        readonly delayMs: number;
        readonly counts: RetryCounts;
      }
    | undefined;
}

/** Whether and when to try again, or `undefined` when no rule matches. */
export type RetryPolicy = (
  failure: StateFailure,
  counts: RetryCounts,
  random: () => number,
) => RetryDecision | undefined;

export function compileRetry(rules: readonly RetryRule[]): RetryPolicy {
  const matches = rules.map((rule) => compileErrorMatch(rule.errorEquals));
  return (failure, counts, random) => {
    const index = matches.findIndex((match) => match(failure));
    const rule = rules[index];
    if (rule === undefined) return undefined;
    const used = counts[index] ?? 0;
    if (used >= rule.maxAttempts) return { index, again: undefined };
    const next = rules.map((_, other) => (counts[other] ?? 0) + (other === index ? 1 : 0));
    return { index, again: { delayMs: delay(rule, used, random), counts: next } };
  };
}

function delay(rule: RetryRule, used: number, random: () => number): number {
  const grown = rule.intervalSeconds * rule.backoffRate ** used;
  const seconds = Math.min(grown, rule.maxDelaySeconds ?? maxDelaySeconds);
  return Math.round(seconds * 1_000 * (rule.jitter === 'FULL' ? random() : 1));
}

/** A year and a day: no delay of the service is longer. */
const maxDelaySeconds = 31_622_400;
