/** Whether a string of a definition is an expression: it begins and ends as one, without a space before or behind. */
export function isExpression(text: string): boolean {
  return text.length >= 4 && text.startsWith('{%') && text.endsWith('%}');
}

/** What stands between the marks, as messages quote it. */
export function expressionText(text: string): string {
  return text.slice(2, -2).trim();
}
