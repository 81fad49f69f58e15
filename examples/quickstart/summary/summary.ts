import { type CleanRows, cleanRows } from '../csv/clean.ts';
import { type Column, columnsOf } from '../csv/columns.ts';
import type { Table } from '../csv/table.ts';
import { type Grouping, groupingOf } from './groups.ts';
import { aggregate, type Measure, measureOf } from './measure.ts';
import { type Trend, trendOf } from './trend.ts';

/** Everything that a report says about a table. */
export interface Summary extends CleanRows {
  readonly columns: readonly Column[];
  readonly measure: Measure;
  /** The measure of all rows. */
  readonly value: number;
  readonly grouping?: Grouping;
  readonly trend?: Trend;
}

export function summarise(table: Table): Summary {
  const columns = columnsOf(table);
  const { rows, dirty } = cleanRows(table, columns);
  const measure = measureOf(columns);
  const grouping = groupingOf(columns, rows, measure);
  const trend = trendOf(columns, rows, measure);
  return {
    columns,
    rows,
    dirty,
    measure,
    value: aggregate(measure, rows),
    ...(grouping ? { grouping } : {}),
    ...(trend ? { trend } : {}),
  };
}
