import { limits } from '../domain/limits.ts';
import type { Row } from './lists.ts';

/** Events of a page as their rows have them: at most `wanted` and as many bytes as a page may have, at least one. */
export function pageOfTexts(
  rows: Iterable<Row>,
  wanted: number,
): { readonly texts: string[]; readonly more: boolean } {
  const texts: string[] = [];
  let bytes = 0;
  for (const row of rows) {
    const text = row['event'] as string;
    bytes += Buffer.byteLength(text);
    if (texts.length === wanted || (texts.length > 0 && bytes > limits.pageBytes))
      return { texts, more: true };
    texts.push(text);
  }
  return { texts, more: false };
}
