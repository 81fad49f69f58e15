import type { Column } from '../csv/columns.ts';
import type { Row } from '../csv/table.ts';
import { short } from '../report/words.ts';
import type { Group, Grouping } from './groups.ts';
import type { Measure } from './measure.ts';
import { statisticsOf } from './statistics.ts';

const bins = 8;

/** What there is to show where neither a category nor a time divides the rows: how often which values occur. */
export function distributionOf(columns: readonly Column[], rows: readonly Row[], measure: Measure): Grouping {
  if (measure.column) return histogram(measure.column.name, rows, measure);
  const column = columns.find(({ kind }) => kind !== 'empty');
  return { column: column?.name ?? 'rows', groups: column ? frequent(column, rows) : [] };
}

function histogram(column: string, rows: readonly Row[], measure: Measure): Grouping {
  const values = rows.map((row) => measure.valueIn(row)).filter((value) => value !== undefined);
  if (values.length === 0) return { column, groups: [] };
  const { min, max } = statisticsOf(values);
  if (min === max)
    return { column, groups: [{ name: short(min), rows: values.length, value: values.length }] };
  // Divided first: the span of two huge numbers may not be one.
  const width = max / bins - min / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor(value / width - min / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const groups = counts.map((count, bin) => {
    const name = `${short(min + bin * width)} to ${short(min + (bin + 1) * width)}`;
    return { name, rows: count, value: count };
  });
  return { column, groups };
}

function frequent({ index }: Column, rows: readonly Row[]): Group[] {
  const counts = new Map<string, number>();
  for (const { cells } of rows) {
    const name = cells[index] ?? '';
    if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, rows: count, value: count }))
    .sort((one, other) => other.value - one.value)
    .slice(0, bins);
}
