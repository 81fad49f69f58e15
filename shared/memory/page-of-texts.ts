import { limits } from '../domain/limits.ts';

/** Events of a page: those after `after`, at most `limit` and as many bytes as a page may have, at least one. */
export function pageOfTexts(
  all: readonly string[],
  after: number,
  limit: number,
): { readonly texts: readonly string[]; readonly more: boolean } {
  const wanted = Math.min(Math.max(limit, 1), limits.pageEvents);
  const texts: string[] = [];
  let bytes = 0;
  for (const text of all.slice(after, after + wanted)) {
    bytes += Buffer.byteLength(text);
    if (texts.length > 0 && bytes > limits.pageBytes) break;
    texts.push(text);
  }
  return { texts, more: all.length > after + texts.length };
}
