import type { Option, Options } from '../command.ts';
import { commonOptions } from '../help.ts';
import { findEntry, groups } from '../registry.ts';
import { isName, placeAfter } from './places.ts';

/** Something that can be typed next. */
export interface Candidate {
  readonly value: string;
  readonly about?: string;
}

/** What a shell is told: candidates, and whether paths are among them. */
export interface Completion {
  readonly candidates: readonly Candidate[];
  readonly paths?: 'files' | 'folders';
}

/** Names that only a server knows: of runs, approvals, agents. Must be quick; knows nothing where none answers. */
export type LookUp = (what: LookedUp) => Promise<readonly Candidate[]>;

const lookedUp = ['RUN', 'APPROVAL', 'AGENT', 'KEY', 'TENANT'] as const;

/** What a name in a usage stands for. */
type LookedUp = (typeof lookedUp)[number];

/** What can be typed in place of the last word, which may be begun, after the words before it. */
export async function complete(words: readonly string[], lookUp: LookUp): Promise<Completion> {
  const begun = words.at(-1) ?? '';
  const { candidates, paths } = await possible(words.slice(0, -1), begun, lookUp);
  const fitting = candidates.filter(({ value }) => value.startsWith(begun));
  return { candidates: fitting, ...(paths === undefined ? {} : { paths }) };
}

async function possible(before: readonly string[], begun: string, lookUp: LookUp): Promise<Completion> {
  const [verb, ...rest] = before;
  if (verb === undefined) return { candidates: [...verbs(), { value: 'help', about: 'Explain a command' }] };
  if (verb === 'help') return { candidates: rest.length === 0 ? verbs() : [] };
  const command = (await findEntry(verb)?.load())?.command;
  if (command === undefined) return { candidates: [] };
  const options: Options = { ...command.options, ...commonOptions };
  const awaited = optionOf(rest.at(-1), options);
  if (awaited?.type === 'string') return valuesOf(awaited, lookUp);
  if (begun.startsWith('-')) return { candidates: optionsLeft(options, rest) };
  return named(placeAfter(command.usage, argumentsIn(rest, options)), lookUp);
}

const verbs = (): readonly Candidate[] =>
  groups.flatMap(({ entries }) => entries.map(({ name, summary }) => ({ value: name, about: summary })));

const optionOf = (word: string | undefined, options: Options): Option | undefined =>
  word?.startsWith('--') ? options[word.slice(2)] : undefined;

function optionsLeft(options: Options, given: readonly string[]): readonly Candidate[] {
  return Object.entries(options)
    .filter(([name, { multiple }]) => multiple || !given.includes(`--${name}`))
    .map(([name, { help }]) => ({ value: `--${name}`, about: help }));
}

function valuesOf({ choices, value = '' }: Option, lookUp: LookUp): Promise<Completion> {
  if (choices) return Promise.resolve({ candidates: choices.map((choice) => ({ value: choice })) });
  return named(value.split('|').filter(isName), lookUp);
}

/** Without options and their values. */
function argumentsIn(words: readonly string[], options: Options): readonly string[] {
  return words.filter(
    (word, at) => !word.startsWith('-') && optionOf(words[at - 1], options)?.type !== 'string',
  );
}

/** Names of files, whatever the usage calls them. */
const files = new Set(['FILE', '@FILE', 'PATH', 'PROGRAM']);

async function named(place: readonly string[], lookUp: LookUp): Promise<Completion> {
  const words = place.filter((word) => !isName(word)).map((value) => ({ value }));
  const known = place.flatMap((word) => lookedUp.find((one) => one === word) ?? []);
  const candidates = [...words, ...(await Promise.all(known.map((what) => lookUp(what)))).flat()];
  if (place.some((word) => files.has(word))) return { candidates, paths: 'files' };
  return place.includes('DIR') ? { candidates, paths: 'folders' } : { candidates };
}
