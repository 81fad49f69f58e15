/** A JSON text as the service reads it: no name twice in an object, no number beyond a double. */
export function parseStrictly(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (text.includes('"')) refuseRepeatedNames(text);
  if (/[eE]\+?\d{3}|\d{300}/.test(text)) refuseInfinite(value);
  return value;
}

/** The structure of a text that is known to be JSON. */
const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g;

function refuseRepeatedNames(text: string): void {
  const names: Set<string>[] = [];
  for (const [found, colon] of text.matchAll(token)) {
    if (found === '{') names.push(new Set());
    else if (found === '}') names.pop();
    else if (colon !== undefined) refuseRepeated(names.at(-1), found.slice(0, -colon.length));
  }
}

function refuseRepeated(names: Set<string> | undefined, quoted: string): void {
  const name = JSON.parse(quoted) as string;
  if (names?.has(name)) throw new SyntaxError(`The name ${quoted} is there twice.`);
  names?.add(name);
}

function refuseInfinite(value: unknown): void {
  JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'number' && !Number.isFinite(part)) throw new SyntaxError('A number is too large.');
    return part;
  });
}
