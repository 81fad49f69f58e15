import { number } from '../report/words.ts';
import type { Table } from './table.ts';

/** What files begin with that people take for a CSV file. */
const others: readonly (readonly [RegExp, string])[] = [
  [/^%PDF-/, 'a PDF document'],
  [/^\s*<(?:!doctype|html|\?xml|svg)\b/i, 'HTML or XML'],
  [/^\s*(?:\{\s*["}]|\[\s*["{[\]])/, 'JSON'],
];

/** Characters that are looked at. */
const sample = 100_000;

/** Share of control characters that text may have. */
const tolerated = 0.01;

/** Throws, saying what it is instead, if a file is plainly no CSV file. */
export function assertCsv(name: string, text: string): void {
  const found = otherThanCsv(text);
  if (found !== undefined) throw new Error(`${name} is no CSV file: it holds ${found}.`);
}

function otherThanCsv(text: string): string | undefined {
  if (text.startsWith('PK\u0003\u0004')) return 'a ZIP archive or an Excel workbook';
  const [, what] = others.find(([start]) => start.test(text.slice(0, 200))) ?? [];
  return what ?? (isBinary(text) ? 'binary data' : undefined);
}

function isBinary(text: string): boolean {
  if (text.includes('\u0000')) return true;
  const start = text.slice(0, sample);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is counted
  const controls = start.match(/[\u0001-\u0008\u000e-\u001f]/g) ?? [];
  return controls.length > start.length * tolerated;
}

/** Throws if most rows do not fit the first one: then that was no header, and there is no table. */
export function assertTable(name: string, { rows, broken }: Table): void {
  const [first] = broken;
  if (first === undefined || broken.length <= rows.length) return;
  const share = `${number(broken.length)} of ${number(rows.length + broken.length)}`;
  throw new Error(
    `${name} is no CSV file: most of its rows (${share}) cannot be read. Line ${first.line}: ${first.reason}.`,
  );
}
