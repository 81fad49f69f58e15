import type { Grouping } from '../summary/groups.ts';
import type { Measure } from '../summary/measure.ts';
import type { Summary } from '../summary/summary.ts';
import { capitalised, measureName, number, percent, rows } from './words.ts';

/** Characters of a group's name in a sentence. */
const longestName = 40;

/** What a report says, in one sentence of plain text. */
export function headlineOf(summary: Summary): string {
  return `${amount(summary)}${leader(summary)}${change(summary)}.`;
}

/** Averages have no shares in a whole, and neither have gains and losses. */
export function haveShares({ how }: Measure, { groups }: Grouping): boolean {
  return how !== 'mean' && groups.every(({ value }) => value >= 0);
}

function amount({ measure, value, rows: used }: Summary): string {
  if (measure.how === 'count') return rows(used.length);
  return `${capitalised(measureName(measure))}: ${number(value)} in ${rows(used.length)}`;
}

function leader({ measure, value, grouping }: Summary): string {
  const best = grouping?.groups[0];
  if (!grouping || !best) return '';
  const name = best.name.length > longestName ? `${best.name.slice(0, longestName - 1)}…` : best.name;
  if (!haveShares(measure, grouping) || value === 0) return `; highest in ${name}`;
  return `; most in ${name} (${number((best.value / value) * 100, 0)} %)`;
}

function change({ trend }: Summary): string {
  return trend?.change === undefined ? '' : `; second half ${percent(trend.change)} against the first`;
}
