import type { Json } from '../../../shared/domain/json.ts';
import type { Difference } from './difference.ts';
import type { Vector } from './vector.ts';

/** One thing that a vector compares. */
export interface Check {
  readonly field: string;
  readonly difference: Difference | undefined;
}

export interface Verdict {
  readonly vector: Vector;
  readonly checks: readonly Check[];
  /** What came of it: `status`, `output`, `error`, `cause`, or an exception. */
  readonly result: boolean;
  /** Everything that the vector compares. */
  readonly full: boolean;
}

/** What a vector has come to, as callers see it without looking at how. */
const resultFields = new Set([
  'run',
  'status',
  'output',
  'error',
  'cause',
  'result',
  'exception.code',
  'variableReferences',
]);

export function verdictOf(vector: Vector, checks: readonly Check[]): Verdict {
  const failed = checks.filter(({ difference }) => difference !== undefined);
  return {
    vector,
    checks,
    // A vector that compared nothing has shown nothing.
    result: checks.length > 0 && failed.every(({ field }) => !resultFields.has(field)),
    full: checks.length > 0 && failed.length === 0,
  };
}

/** A vector that could not be run to its end. */
export function failedToRun(vector: Vector, error: unknown): Verdict {
  const { name = 'Error', message = String(error) } = error instanceof Error ? error : {};
  const actual: Json = { name, message };
  return verdictOf(vector, [{ field: 'run', difference: { path: '$', actual } }]);
}

export const firstFailure = ({ checks }: Verdict): Check | undefined =>
  checks.find(({ difference }) => difference !== undefined);
