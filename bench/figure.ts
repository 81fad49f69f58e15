import type { Distribution } from './stats.ts';

/** One measured figure beside what it should be. */
export interface Figure {
  readonly name: string;
  readonly unit: 'ms' | 'runs/s' | '/s' | 'KB' | 'MB' | 'ratio' | 'functions';
  /** The measured value, or its distribution. */
  readonly value: number | Distribution;
  /** Each with the part of the distribution it is about; `value` for a plain one. */
  readonly targets: readonly Target[];
  /** What a reader needs to judge the figure. */
  readonly note?: string;
}

export interface Target {
  readonly of: 'value' | 'p50' | 'p95' | 'p99';
  readonly limit: number;
  readonly is: 'below' | 'above';
}

export const below = (of: Target['of'], limit: number): Target => ({ of, limit, is: 'below' });
export const above = (of: Target['of'], limit: number): Target => ({ of, limit, is: 'above' });

export function meets(figure: Figure, { of, limit, is }: Target): boolean {
  const { value } = figure;
  const measured = typeof value === 'number' ? value : value[of === 'value' ? 'p50' : of];
  return is === 'below' ? measured < limit : measured > limit;
}

/** A time beside what it costs this machine to make one row durable: says more than milliseconds when disks differ. */
export function inCommits({ unit, value }: Figure, commitMs: number): number | undefined {
  if (unit !== 'ms') return undefined;
  return (typeof value === 'number' ? value : value.p50) / commitMs;
}
