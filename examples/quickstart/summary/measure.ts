import { type Column, numberIn } from '../csv/columns.ts';
import type { Row } from '../csv/table.ts';
import { inBounds, statisticsOf, total } from './statistics.ts';

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
  return { name: column.name, how, column, valueIn: (row) => numberIn(column, row) };
}

/** Several rows as one number. */
export function aggregate(measure: Measure, rows: readonly Row[]): number {
  const values = rows.map((row) => measure.valueIn(row)).filter((value) => value !== undefined);
  if (values.length === 0) return 0;
  return inBounds(measure.how === 'mean' ? statisticsOf(values).mean : total(values));
}
