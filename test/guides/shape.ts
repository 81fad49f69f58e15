/** What differs from one execution to the next, and what stands for it. */
const varying: readonly (readonly [RegExp, string])[] = [
  [/\b(run|apr|evt|req|key|wh|msg)_[0-9a-z]{20,}/g, '$1_'],
  [/\b0[0-9a-z]{25}\b/g, 'ID'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z| UTC)?/g, 'DATE'],
  [/\b\d{4}-\d\d-\d\d\b/g, 'DATE'],
  [/https?:\/\/(127\.0\.0\.1|localhost):\d+/g, 'URL'],
  [/\b(process|pid|port)(["\s:]+)\d+/gi, '$1$2N'],
  [/\b[0-9a-f]{12,}\b/g, 'HEX'],
  [/\b\d+(\.\d+)?\s?(ms|s|min|h)\b/g, 'TIME'],
  [/\(\d+(\.\d+)?ms\)/g, 'TIME'],
  [/duration_ms \d+(\.\d+)?/g, 'TIME'],
  [/\b\d+(\.\d+)? (B|kB|MB)\b/g, 'SIZE'],
];

/** A line as it is compared: columns may be wider. */
function shapeOf(line: string): string {
  const shape = varying.reduce((text, [pattern, stand]) => text.replace(pattern, stand), line);
  return shape.replace(/\s+/g, ' ').trim();
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map(shapeOf)
    .filter((line) => line !== '');

/**
 * Whether what was printed has the shape that a guide shows: the same lines, but for ids, times, sizes and the width of
 * columns. A line `…` stands for any lines, `…` at the end of a line for the rest of it.
 */
export function hasShape(printed: string, shown: string): boolean {
  return matches(linesOf(printed), linesOf(shown));
}

function matches(printed: readonly string[], [first, ...others]: readonly string[]): boolean {
  if (first === undefined) return printed.length === 0;
  if (first === '…')
    return printed.some((_, at) => matches(printed.slice(at), others)) || matches([], others);
  const [line, ...rest] = printed;
  return line !== undefined && sameLine(line, first) && matches(rest, others);
}

function sameLine(printed: string, shown: string): boolean {
  return shown.endsWith('…') ? printed.startsWith(shown.slice(0, -1).trimEnd()) : printed === shown;
}
