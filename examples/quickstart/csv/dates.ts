/** Which of two numbers comes first in `03/04/2026`. */
export type DayOrder = 'day first' | 'month first';

const yearFirst =
  /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ](\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?$/;

const yearLast = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::\d{2})?)?$/;

/** The time a cell says, in milliseconds since the epoch (UTC); `undefined` if it says none, or a day there is not. */
export function parseDate(cell: string, order: DayOrder = 'day first'): number | undefined {
  const first = yearFirst.exec(cell);
  if (first) {
    const [, year, month, day = '1', hour = '0', minute = '0'] = first;
    return utc([year, month, day, hour, minute].map(Number));
  }
  const last = yearLast.exec(cell);
  if (!last) return undefined;
  const [, one, two, year, hour = '0', minute = '0'] = last;
  const [day, month] = order === 'day first' ? [one, two] : [two, one];
  return utc([year, month, day, hour, minute].map(Number));
}

/** The thirtieth of February is no date. */
function utc(parts: readonly number[]): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts;
  const time = Date.UTC(year, month - 1, day, hour, minute);
  const date = new Date(time);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60;
  return exists ? time : undefined;
}

/** The order that makes more of the cells dates; given how often each occurs. */
export function dayOrderOf(cells: ReadonlyMap<string, number>): DayOrder {
  let balance = 0;
  for (const [cell, times] of cells) {
    if (!yearLast.test(cell)) continue;
    if (parseDate(cell, 'month first') !== undefined) balance += times;
    if (parseDate(cell, 'day first') !== undefined) balance -= times;
  }
  return balance > 0 ? 'month first' : 'day first';
}
