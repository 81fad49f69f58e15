const special = /[.*+?^${}()|[\]\\]/g;
const token = /\\(.)|(\*)|([^\\*]+|\\$)/gs;

const compiled = new Map<string, RegExp>();
const remembered = 1_000;

/** A `StringMatches` pattern: `*` stands for any characters, `\*` for itself. */
export function compileStringPattern(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const source = pattern.replace(token, (_, escaped?: string, star?: string, plain?: string) =>
    star === undefined ? (escaped ?? plain ?? '').replace(special, '\\$&') : '.*',
  );
  const expression = new RegExp(`^${source}$`, 's');
  if (compiled.size >= remembered) compiled.clear();
  compiled.set(pattern, expression);
  return expression;
}
