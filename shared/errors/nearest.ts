/** The name that a mistyped one probably means. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const near = names.filter((name) => distance(typed, name) <= 2);
  return near.sort((one, other) => distance(typed, one) - distance(typed, other))[0];
}

/** Levenshtein's. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, wanted] of [...other].entries()) {
      const replaced = (row[j] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
