import type { Json } from '../../../../shared/domain/json.ts';
import type { CsvFormat } from '../order.ts';
import { readerFailure } from '../reader-failure.ts';

/** Rows as objects of texts. Fields without a column are left out, columns without a field are empty. */
export async function csvItems(
  text: string,
  { headers, delimiter }: CsvFormat,
  limit: number,
): Promise<Iterable<Json>> {
  const rows = await csvRows(text, delimiter, limit + (headers === undefined ? 1 : 0));
  const names = headers ?? rows.shift() ?? [];
  if (new Set(names).size < names.length) throw readerFailure('CSV headers cannot contain duplicates.');
  return itemsOf(rows, names);
}

function* itemsOf(rows: readonly (readonly string[])[], names: readonly string[]): Generator<Json> {
  for (const row of rows) {
    yield Object.fromEntries(names.map((name, column) => [name, row[column] ?? '']));
  }
}

/** The library is loaded when it is first needed. */
export async function csvRows(text: string, delimiter: string, limit: number): Promise<string[][]> {
  const { default: csv } = await import('papaparse');
  const preview = Math.min(limit, Number.MAX_SAFE_INTEGER);
  return csv.parse<string[]>(text, { delimiter, preview, skipEmptyLines: true }).data;
}
