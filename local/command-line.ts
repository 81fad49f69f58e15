import { parseArgs } from 'node:util';
import { SettingError } from '../shared/errors/setting-error.ts';
import { isTandemError } from '../shared/errors/tandem-error.ts';
import { readSettings } from '../shared/protocol/environment/read-settings.ts';

/** Something that was typed cannot be understood. */
export class UsageError extends Error {}

/** Whether a program reads what is said. Known before what was typed has been understood: that may fail. */
const json = process.argv.includes('--json');

/** What a program takes. */
interface Grammar<O extends string, F extends string> {
  /** Options with a value. */
  readonly options: readonly O[];
  /** Options without one. */
  readonly flags?: readonly F[];
  /** Words without a name, as usage calls them: all are needed. */
  readonly words?: readonly string[];
}

type Typed<O extends string, F extends string> = Partial<Record<O, string>> & Partial<Record<F, boolean>>;

/** The options that were typed, each with a value; `--json` goes with every command. Throws {@link UsageError} for any other. */
export function typed<K extends string>(options: readonly K[]): Partial<Record<K, string>> {
  return typedWords({ options }).values;
}

/** What was typed. Throws {@link UsageError} for what the program does not take. */
export function typedWords<O extends string, F extends string = never>({
  options,
  flags = [],
  words = [],
}: Grammar<O, F>): { readonly values: Typed<O, F>; readonly words: readonly string[] } {
  const given = parsed(options, flags, words.length > 0);
  const [missing] = words.slice(given.positionals.length);
  if (missing !== undefined) throw new UsageError(`${missing} is missing`);
  const [surplus] = given.positionals.slice(words.length);
  if (surplus !== undefined) throw new UsageError(`\`${surplus}\` is one word too many`);
  const { json: _, ...values } = given.values as Record<string, unknown>;
  return { values: values as Typed<O, F>, words: given.positionals };
}

function parsed(options: readonly string[], flags: readonly string[], allowPositionals: boolean) {
  const known = Object.fromEntries([
    ...options.map((name) => [name, { type: 'string' }] as const),
    ...['json', ...flags].map((name) => [name, { type: 'boolean' }] as const),
  ]);
  try {
    return parseArgs({ options: known, allowPositionals });
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}

/** Says something on standard output: a sentence to people, a record to programs. */
export function say(sentence: string, record: Readonly<Record<string, unknown>>): void {
  if (json) console.log(JSON.stringify(record));
  else if (sentence !== '') console.log(sentence);
}

/** Ends the process: what has happened and what to do, in a sentence each; 2 for what was typed, 1 for the rest. */
export function exitWith(error: unknown, usage: string): never {
  const problem = problemOf(error, usage);
  if (json) console.log(JSON.stringify({ error: problem }));
  else console.error(textOf(problem));
  if (problem.code === 'internal' && isDebugging()) console.error(error);
  process.exit(problem.code === 'usage' ? 2 : 1);
}

/** A setting that is wrong is told elsewhere. */
function isDebugging(): boolean {
  try {
    return readSettings('server', process.env).TANDEM_LOG_LEVEL === 'debug';
  } catch {
    return false;
  }
}

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly details?: unknown;
}

function problemOf(error: unknown, usage: string): Problem {
  if (error instanceof SettingError && !error.typed)
    return { code: 'usage', message: error.message, remedy: error.remedy };
  if (error instanceof UsageError || error instanceof SettingError)
    return { code: 'usage', message: error.message, remedy: usage };
  if (!isTandemError(error)) return unexpected(error);
  const { code, message, remedy, details } = error;
  return { code, message, remedy, details };
}

/** Nobody expected it: whoever mends it wants to see where it happened, whoever has typed the command does not. */
function unexpected(error: unknown): Problem {
  const [what = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return {
    code: 'internal',
    message: `Tandem cannot go on: ${what || 'unknown error'}`,
    remedy: 'Please report it, with what `TANDEM_LOG_LEVEL=debug` in the environment adds.',
  };
}

/** Usage is a line of its own. */
function textOf({ code, message, remedy }: Problem): string {
  const sentence = `tandem: ${message.replace(/\.$/, '')}.`;
  if (code === 'usage') return `${sentence}${remedy.startsWith('Usage:') ? '\n' : ' '}${remedy}`;
  return `${sentence} ${remedy} [${code}]`;
}
