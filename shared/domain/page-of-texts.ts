import { limits } from './limits.ts';

/** How many events a page is to hold at most, when so many are asked for. */
export const wantedEvents = (limit: number): number => Math.min(Math.max(limit, 1), limits.pageEvents);

/** Events of a page from those that follow: at most `wanted` and as many bytes as a page may have, at least one. */
export function pageOfTexts(
  candidates: Iterable<string>,
  wanted: number,
): { readonly texts: readonly string[]; readonly more: boolean } {
  const texts: string[] = [];
  let bytes = 0;
  for (const text of candidates) {
    bytes += Buffer.byteLength(text);
    if (texts.length === wanted || (texts.length > 0 && bytes > limits.pageBytes))
      return { texts, more: true };
    texts.push(text);
  }
  return { texts, more: false };
}
