import type { DatabaseSync } from 'node:sqlite';
import { isTandemError } from '../../../shared/errors/tandem-error.ts';
import { exitWith, say, typedWords, UsageError } from '../../command-line.ts';
import { openDataFolder } from '../../data-folder/data-folder.ts';
import { folderError } from '../../data-folder/folder-error.ts';
import { serverSettings } from '../../settings/server-settings.ts';
import { openIdentityDatabase } from '../identity-database.ts';
import type { Listed } from '../people/rows.ts';

/** What was typed after a verb. */
export interface Request {
  readonly name: string;
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

/** One verb of a program that manages who tokens can stand for. */
export interface Verb {
  /** Whether it takes a NAME. */
  readonly named: boolean;
  readonly options?: readonly string[];
  readonly flags?: readonly string[];
  run(database: DatabaseSync, request: Request): Promise<void> | void;
}

/**
 * A program that works on the database in the data folder, whether a server uses it or not. Whoever may read the folder
 * has the issuer's key, so nothing more is asked.
 */
export async function runVerbs(usage: string, verbs: Readonly<Record<string, Verb>>): Promise<void> {
  // Passwords and secrets are for nobody else.
  process.umask(0o077);
  try {
    const typedVerb = process.argv[2] ?? 'list';
    const name = typedVerb.startsWith('-') ? 'list' : typedVerb;
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    const isTyped = name === typedVerb && process.argv[2] !== undefined;
    const words = [...(isTyped ? [Object.keys(verbs).join('|')] : []), ...(verb?.named ? ['NAME'] : [])];
    const { options = [], flags = [] } = verb ?? {};
    const typed = typedWords({ options: ['data', ...options], flags, words });
    if (verb === undefined) throw new UsageError(`\`${name}\` is none of ${Object.keys(verbs).join(', ')}`);
    const values: Request['values'] = typed.values;
    await onDatabase(values['data'], (database) =>
      verb.run(database, { name: typed.words.at(-1) ?? '', values }),
    );
  } catch (error) {
    exitWith(inTheirWords(folderError(error)), usage);
  }
}

/** What the wire would call a bad request was typed here. */
function inTheirWords(error: unknown): unknown {
  const isTyped = isTandemError(error, 'request.invalid') || isTandemError(error, 'resource.not-found');
  return isTyped ? new UsageError(error.message, { cause: error }) : error;
}

async function onDatabase(
  data: string | boolean | undefined,
  work: (database: DatabaseSync) => Promise<void> | void,
): Promise<void> {
  const { TANDEM_DATA } = serverSettings(typeof data === 'string' ? { data } : {}, process.env);
  const folder = await openDataFolder(TANDEM_DATA, 'existing');
  const database = openIdentityDatabase(folder.identity);
  try {
    await work(database);
  } finally {
    database.close();
  }
}

/** A list for people in columns, and for programs as it is. */
export function sayList(kind: string, rows: readonly (Listed & { readonly credential?: string })[]): void {
  const cells = rows.map(({ name, tenant = '-', roles, createdAt, credential }) => [
    name,
    tenant,
    roles.join(' '),
    ...(credential === undefined ? [] : [credential]),
    createdAt.slice(0, 10),
  ]);
  const widths =
    cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  say(lines.join('\n') || `No ${kind}.`, { [kind]: rows });
}
