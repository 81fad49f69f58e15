import { type Column, valueIn } from '../csv/columns.ts';
import type { Row } from '../csv/table.ts';
import { type Decimal, exactSum, toNumber } from './decimal.ts';
import { inBounds } from './statistics.ts';

/** What a report is about: a number of each row, and how several of them become one. */
export interface Measure {
  /** `revenue`, or `rows` where a table has no numbers. */
  readonly name: string;
  readonly how: 'sum' | 'mean' | 'count';
  /** The column; none when rows are counted. */
  readonly column?: Column;
  /** Of one row; `undefined` where the row does not say. */
  valueIn(row: Row): number | undefined;
}

/** The best candidates come first. */
const telling = [
  /revenue|turnover|sales/i,
  /amount|total|net|gross/i,
  /kwh|mwh|energy|consumption|usage/i,
  /cost|spend|value|profit/i,
  /quantity|count|units|volume/i,
];

/** Numbers of which an average says more than a sum. */
const levels =
  /price|rate|temp|percent|ratio|score|age$|avg|average|mean|level|speed|humidity|pressure|latency|duration|index|°|%/i;

/** The number that tells most, by its name; else the first one; else how many rows there are. */
export function measureOf(columns: readonly Column[]): Measure {
  const numbers = columns.filter(({ kind }) => kind === 'number');
  const named = telling.map((name) =>
    numbers.find((column) => name.test(column.name) && !levels.test(column.name)),
  );
  const column = named.find((found) => found !== undefined) ?? numbers[0];
  if (!column) return { name: 'rows', how: 'count', valueIn: () => 1 };
  const how = levels.test(column.name) ? 'mean' : 'sum';
  return { name: column.name, how, column, valueIn: (row) => valueIn(column, row) };
}

/** What the rows that have a value amount to, before anything is rounded. */
export interface Total {
  readonly count: number;
  readonly sum: Decimal;
}

export function totalOf(measure: Measure, rows: readonly Row[]): Total {
  const values = valuesOf(measure, rows);
  return { count: values.length, sum: exactSum(values) };
}

/** Several rows as one number. */
export function aggregate(measure: Measure, rows: readonly Row[]): number {
  return amountOf(measure, totalOf(measure, rows));
}

/** A total as one number. */
export function amountOf({ how }: Measure, { count, sum }: Total): number {
  return inBounds(toNumber(sum, how === 'mean' ? Math.max(1, count) : 1));
}

/** The values of the rows that have one. */
export function valuesOf(measure: Measure, rows: readonly Row[]): number[] {
  const values: number[] = [];
  for (const row of rows) {
    const value = measure.valueIn(row);
    if (value !== undefined) values.push(value);
  }
  return values;
}
