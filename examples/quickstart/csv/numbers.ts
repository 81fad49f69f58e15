/** How a column writes its decimals. */
export type DecimalMark = '.' | ',';

const decorations = /^[€$£¥\s]+|[\s%]+$|\s*(?:€|\$|£|¥|EUR|USD|GBP|CHF|JPY)$/gi;

const digit = /\d/;

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

const grouped = {
  '.': /^[+-]?\d{1,3}(?:[,' \u00a0]\d{3})+(?:\.\d+)?$/,
  ',': /^[+-]?\d{1,3}(?:[.' \u00a0]\d{3})+(?:,\d+)?$/,
};

/** The number a cell says, with or without a currency, a percent sign or grouped digits; `undefined` if it says none. */
export function parseNumber(cell: string, mark: DecimalMark = '.'): number | undefined {
  // Most cells are words, or as plain as can be: looking closer costs ten times as much.
  if (!digit.test(cell)) return undefined;
  if (mark === '.' && plain.test(cell)) return finite(Number(cell));
  const bare = cell.replace(decorations, '').replace(/^\((.*)\)$/, '-$1');
  const point = mark === '.' ? bare : bare.replace(',', '.');
  const groups = grouped[mark].test(bare);
  // Groups first: beside `0,5`, `1.234` is more than a thousand.
  if (!groups) return plain.test(point) ? finite(Number(point)) : undefined;
  const digits = bare.replace(mark === '.' ? /[,' \u00a0]/g : /[.' \u00a0]/g, '');
  return finite(Number(digits.replace(',', '.')));
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** The mark that makes more of the cells numbers, given how often each occurs; a point where both do. */
export function decimalMarkOf(cells: ReadonlyMap<string, number>): DecimalMark {
  let balance = 0;
  for (const [cell, times] of cells) {
    // Read with either.
    if (plain.test(cell)) continue;
    if (parseNumber(cell, ',') !== undefined) balance += times;
    if (parseNumber(cell, '.') !== undefined) balance -= times;
  }
  return balance > 0 ? ',' : '.';
}
