import { capitalised, measureName, number, percent, rows, setAside } from '../report/words.ts';
import type { Summary } from '../summary/summary.ts';

/** What the picture shows. */
export function titleOf({ trend, grouping, measure }: Summary): string {
  const name = capitalised(measureName(measure));
  if (trend && grouping) return `${name} over time and by ${words(grouping.column)}`;
  if (trend) return `${name} over time`;
  if (grouping) return `${name} by ${words(grouping.column)}`;
  return measure.column ? `How ${measureName(measure)} is spread` : 'How often each value occurs';
}

/** What it amounts to. */
export function subtitleOf({ measure, value, trend, rows: used }: Summary): string {
  const all = measure.how === 'count' ? rows(used.length) : `${number(value)} in ${rows(used.length)}`;
  const first = trend?.points[0]?.label;
  const span = first === undefined ? '' : `, ${first} to ${trend?.points.at(-1)?.label}`;
  const change =
    trend?.change === undefined ? '' : `; second half against the first: ${percent(trend.change)}`;
  return `${measure.how === 'mean' ? 'Average ' : ''}${all}${span}${change}`;
}

/** Where it comes from. */
export function footnoteOf(summary: Summary, source: string): string {
  return `Source: ${source}${summary.dirty.length === 0 ? '' : ` · ${setAside(summary)}`}`;
}

/** A column's name in a sentence. */
export const words = (name: string): string => name.replace(/[_-]+/g, ' ');
