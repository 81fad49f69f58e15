import { type Column, valueIn } from '../csv/columns.ts';
import type { Row } from '../csv/table.ts';
import { aggregate, type Measure } from './measure.ts';

/** How long one point of a trend is. */
export type Period = 'hour' | 'day' | 'week' | 'month' | 'year';

export interface Point {
  /** Start of the period, in milliseconds since the epoch (UTC). */
  readonly at: number;
  readonly label: string;
  readonly value: number;
  readonly rows: number;
}

/** A measure over time, without gaps. */
export interface Trend {
  readonly column: string;
  readonly period: Period;
  readonly points: readonly Point[];
  /** The second half of the time against the first: 0.1 is ten per cent more; absent where that says nothing. */
  readonly change?: number;
}

const dayMs = 86_400_000;

/** Longest spans that are still shown in a period. */
const spans: readonly (readonly [Period, number])[] = [
  ['hour', 2 * dayMs],
  ['day', 60 * dayMs],
  ['week', 200 * dayMs],
  ['month', 5 * 366 * dayMs],
];

/** The measure over the first column of dates that spans some time. */
export function trendOf(
  columns: readonly Column[],
  rows: readonly Row[],
  measure: Measure,
): Trend | undefined {
  for (const column of columns.filter(({ kind }) => kind === 'date')) {
    const trend = trendAlong(column, rows, measure);
    if (trend) return trend;
  }
  return undefined;
}

function trendAlong(column: Column, rows: readonly Row[], measure: Measure): Trend | undefined {
  const [first, last] = spanOf(column, rows);
  if (!(last > first)) return undefined;
  const period = spans.find(([, longest]) => last - first <= longest)?.[0] ?? 'year';
  const members = new Map<number, Row[]>();
  for (let at = startOf(period, first); at <= last; at = next(period, at)) members.set(at, []);
  for (const row of rows) {
    const at = valueIn(column, row);
    if (at !== undefined) members.get(startOf(period, at))?.push(row);
  }
  const points = [...members].map(([at, own]) => ({
    at,
    label: labelOf(period, at),
    value: aggregate(measure, own),
    rows: own.length,
  }));
  if (points.length < 2) return undefined;
  return { column: column.name, period, points, ...changeOf(points) };
}

/** The first time and the last. */
function spanOf(column: Column, rows: readonly Row[]): [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    const at = valueIn(column, row);
    if (at === undefined) continue;
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  return [first, last];
}

function changeOf(points: readonly Point[]): { change?: number } {
  const half = Math.floor(points.length / 2);
  const mean = (some: readonly Point[]) => some.reduce((sum, { value }) => sum + value / some.length, 0);
  const before = mean(points.slice(0, half));
  const after = mean(points.slice(-half));
  return before > 0 && Number.isFinite(after / before) ? { change: after / before - 1 } : {};
}

function startOf(period: Period, time: number): number {
  const date = new Date(time);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  switch (period) {
    case 'hour':
      return Math.floor(time / (dayMs / 24)) * (dayMs / 24);
    case 'day':
      return Math.floor(time / dayMs) * dayMs;
    case 'week':
      // Weeks start on Monday.
      return (Math.floor(time / dayMs) - ((date.getUTCDay() + 6) % 7)) * dayMs;
    case 'month':
      return Date.UTC(year, month);
    case 'year':
      return Date.UTC(year, 0);
  }
}

function next(period: Period, start: number): number {
  const date = new Date(start);
  switch (period) {
    case 'hour':
      return start + dayMs / 24;
    case 'day':
      return start + dayMs;
    case 'week':
      return start + 7 * dayMs;
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
    case 'year':
      return Date.UTC(date.getUTCFullYear() + 1, 0);
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function labelOf(period: Period, at: number): string {
  const date = new Date(at);
  const month = months[date.getUTCMonth()];
  if (period === 'year') return String(date.getUTCFullYear());
  if (period === 'month') return `${month} ${date.getUTCFullYear()}`;
  if (period === 'hour')
    return `${date.getUTCDate()} ${month} ${String(date.getUTCHours()).padStart(2, '0')}:00`;
  return `${date.getUTCDate()} ${month}`;
}
