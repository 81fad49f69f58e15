import { type CleanRows, cleanRows } from '../csv/clean.ts';
import { type Column, columnsOf } from '../csv/columns.ts';
import type { Table } from '../csv/table.ts';
import { type Grouping, groupingOf } from './groups.ts';
import { amountOf, type Measure, measureOf, type Total, totalOf } from './measure.ts';
import { type Trend, trendOf } from './trend.ts';

/** Everything that a report says about a table. */
export interface Summary extends CleanRows {
  readonly columns: readonly Column[];
  readonly measure: Measure;
  /** The measure of all rows. */
  readonly value: number;
  /** What that comes from. */
  readonly total: Total;
  readonly grouping?: Grouping;
  readonly trend?: Trend;
}

export function summarise(table: Table): Summary {
  const columns = columnsOf(table);
  return summaryOf(columns, cleanRows(table, columns));
}

export function summaryOf(columns: readonly Column[], { rows, dirty }: CleanRows): Summary {
  const measure = measureOf(columns);
  const grouping = groupingOf(columns, rows, measure);
  const trend = trendOf(columns, rows, measure);
  const total = totalOf(measure, rows);
  return {
    columns,
    rows,
    dirty,
    measure,
    value: amountOf(measure, total),
    total,
    ...(grouping ? { grouping } : {}),
    ...(trend ? { trend } : {}),
  };
}
