import { type Line, total } from './bill.ts';
import { prices } from './prices.ts';

/** A bill with what it is for. */
export interface Bill {
  readonly name: string;
  readonly lines: readonly Line[];
}

/** Bills beside each other: a row for each thing that is paid for, a column for each bill. */
export function table(bills: readonly Bill[], first: string): string[] {
  const items = [...new Set(bills.flatMap(({ lines }) => lines.map(({ item }) => item)))];
  const rows = items.map((item) => [
    prices[item].unit,
    ...bills.flatMap(({ lines }) => {
      const line = lines.find((one) => one.item === item);
      return line ? [quantity(line.quantity), dollars(line.usd)] : ['', ''];
    }),
  ]);
  const head = [first, ...bills.flatMap(({ name }) => [name, ''])];
  const foot = ['together', ...bills.flatMap(({ lines }) => ['', dollars(total(lines))])];
  return aligned([head, ...rows, foot]);
}

/** First column to the left, the others to the right, two blanks between. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

export const dollars = (usd: number): string => `$${usd.toFixed(usd !== 0 && usd < 0.1 ? 4 : 2)}`;

function quantity(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 3 : 0 });
}
