/** One change to the text of the library. */
export interface Edit {
  readonly find: string | RegExp;
  readonly put: string;
  /** How often the text has to be there: more or less means that it is another text than this was written for. */
  readonly times: number;
}

/** Throws when the text is not the one that the edits were written for. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits.reduce(applyEdit, text);
}

function applyEdit(text: string, { find, put, times }: Edit): string {
  const parts = text.split(find);
  const found = typeof find === 'string' ? parts.length - 1 : [...text.matchAll(find)].length;
  if (found !== times)
    throw new Error(`The JSONata library has ${String(find)} ${found} times, not ${times}.`);
  return typeof find === 'string' ? parts.join(put) : text.replace(find, put);
}

export function once(find: string, put: string): Edit {
  return { find, put, times: 1 };
}
