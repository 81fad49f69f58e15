import { exactSum, toNumber } from './decimal.ts';

/** What a column of numbers amounts to. */
export interface Statistics {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Of at least one number. */
export function statisticsOf(values: readonly number[]): Statistics {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? 0;
  const high = sorted[Math.floor(middle)] ?? 0;
  return {
    count: values.length,
    mean: meanOf(values),
    min: sorted[0] ?? 0,
    // Halved first: two huge numbers may not fit together.
    median: low / 2 + high / 2,
    max: sorted.at(-1) ?? 0,
  };
}

/** Of at least one number. */
export function meanOf(values: readonly number[]): number {
  return toNumber(exactSum(values), values.length);
}

/** A sum that does not drift with the number of values (Neumaier's). */
export function total(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(lost) ? sum + lost : sum;
}

/** Beyond this, numbers cannot be added up any more, let alone drawn. */
const bound = 1e308;

export function inBounds(value: number): number {
  return Math.max(-bound, Math.min(bound, value));
}
