/** A `StringMatches` pattern: `*` stands for any characters, `\*` for itself, `\\` for a backslash. */
export interface StringPattern {
  test(text: string): boolean;
}

const compiled = new Map<string, StringPattern>();
const remembered = 1_000;

/** Compiles a pattern, or remembers it. */
export function compileStringPattern(pattern: string): StringPattern {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const test = matcher(pieces(pattern));
  if (compiled.size >= remembered) compiled.clear();
  compiled.set(pattern, { test });
  return { test };
}

/** What stands between the stars of a pattern. */
function pieces(pattern: string): readonly string[] {
  const found = [''];
  for (let at = 0; at < pattern.length; at += 1) {
    if (pattern[at] === '*') {
      found.push('');
      continue;
    }
    if (pattern[at] === '\\' && at + 1 < pattern.length) at += 1;
    found.push((found.pop() ?? '') + pattern[at]);
  }
  return found;
}

/** Looks for every piece after the one before it: no text takes longer than that, as nothing is ever tried again. */
function matcher(all: readonly string[]): (text: string) => boolean {
  const first = all[0] ?? '';
  const last = all.at(-1) ?? '';
  if (all.length === 1) return (text) => text === first;
  const between = all.slice(1, -1);
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
      return false;
    let at = first.length;
    for (const piece of between) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return at <= text.length - last.length;
  };
}
