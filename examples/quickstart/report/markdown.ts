/** Text inside a Markdown table or paragraph, shown as it is. */
export function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/([\\`*_{}[\]<>#|~])/g, '\\$1');
}

export interface MarkdownColumn {
  readonly title: string;
  readonly right?: true;
}

/** A Markdown table; cells are markup. */
export function markdownTable(
  columns: readonly MarkdownColumn[],
  lines: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ right }) => (right ? '---:' : '---'))),
    ...lines.map(line),
  ].join('\n');
}
