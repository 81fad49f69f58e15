/** What can stand at one place of a command line: words to be typed as they are, and names of what can be looked up. */
export type Place = readonly string[];

/**
 * What can come after these arguments of a command, by its usage: `list | show AGENT | publish FILE [--name NAME]` says
 * that `AGENT` comes after `show`. Options are left out: they may stand anywhere.
 */
export function placeAfter(usage: string, given: readonly string[]): Place {
  return alternativesOf(usage)
    .filter((places) => given.every((word, at) => takes(placeAt(places, at), word)))
    .flatMap((places) => placeAt(places, given.length) ?? []);
}

/** Whether a place stands for something to be named, as `RUN` does. */
export const isName = (word: string): boolean => /^@?[A-Z]+$/.test(word);

interface Places {
  readonly places: readonly Place[];
  /** The last one may be filled again and again. */
  readonly endless: boolean;
}

function alternativesOf(usage: string): readonly Places[] {
  return usage
    .replaceAll(/\[--[^\]]*\]…?/g, '')
    .split(' | ')
    .map((alternative) => alternative.trim())
    .filter((alternative) => alternative !== '')
    .map((alternative) => ({
      places: alternative.split(/\s+/).map(placeOf),
      endless: alternative.endsWith('…'),
    }));
}

/** `AGENT[@VERSION]|FILE` is an agent or a file; brackets around a whole place say that it may be left out. */
const placeOf = (text: string): Place => text.replaceAll(/\[@\w+\]|[[\]…]/g, '').split('|');

function placeAt({ places, endless }: Places, at: number): Place | undefined {
  return places[at] ?? (endless ? places.at(-1) : undefined);
}

const takes = (place: Place | undefined, word: string) =>
  place?.some((candidate) => candidate === word || isName(candidate)) ?? false;
