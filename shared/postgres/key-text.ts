/** What no text of PostgreSQL can hold, or that would be changed on the way there; and what stands in front of its code. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unstorable = /[\u0000\u0001]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A text as a column holds it that is searched by: different texts stay different, also with U+0000 or half a pair of
 * surrogates in them. Ids and times are as they were. Rows need none of this: JSON text says such characters in others.
 */
export function keyText(text: string): string {
  return text.replace(unstorable, (one) => `\u0001${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export const optionalKeyText = (text: string | undefined): string | null =>
  text === undefined ? null : keyText(text);
