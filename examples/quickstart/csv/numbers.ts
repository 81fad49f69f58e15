/** How a column writes its decimals. */
export type DecimalMark = '.' | ',';

const decorations = /^[€$£¥\s]+|[\s%]+$|\s*(?:€|\$|£|¥|EUR|USD|GBP|CHF|JPY)$/gi;

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

const grouped = {
  '.': /^[+-]?\d{1,3}(?:[,' \u00a0]\d{3})+(?:\.\d+)?$/,
  ',': /^[+-]?\d{1,3}(?:[.' \u00a0]\d{3})+(?:,\d+)?$/,
};

/** The number a cell says, with or without a currency, a percent sign or grouped digits; `undefined` if it says none. */
export function parseNumber(cell: string, mark: DecimalMark = '.'): number | undefined {
  const bare = cell.replace(decorations, '').replace(/^\((.*)\)$/, '-$1');
  const point = mark === '.' ? bare : bare.replace(',', '.');
  if (plain.test(point)) return finite(Number(point));
  if (!grouped[mark].test(bare)) return undefined;
  const digits = bare.replace(mark === '.' ? /[,' \u00a0]/g : /[.' \u00a0]/g, '');
  return finite(Number(digits.replace(',', '.')));
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** The mark that makes more of the cells numbers; a point where both do. */
export function decimalMarkOf(cells: readonly string[]): DecimalMark {
  const readable = (mark: DecimalMark) =>
    cells.filter((cell) => parseNumber(cell, mark) !== undefined).length;
  return readable(',') > readable('.') ? ',' : '.';
}
