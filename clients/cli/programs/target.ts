import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { agentName, versionSelector } from '../../../shared/protocol/primitives.ts';
import { UsageError } from '../usage-error.ts';

/** What `run` was asked to run: a published agent, or a program file that has to be published first. */
export type Target =
  | { readonly kind: 'agent'; readonly agent: string; readonly version?: string }
  | { readonly kind: 'file'; readonly file: string; readonly agent: string };

/** `AGENT`, `AGENT@VERSION`, `AGENT@ALIAS` or the path of a TypeScript or JavaScript file. */
export function targetOf(typed: string, cwd: string): Target {
  const [agent = '', version] = typed.split('@');
  if (
    agentName().safeParse(agent).success &&
    (version === undefined || versionSelector().safeParse(version).success)
  ) {
    return { kind: 'agent', agent, ...(version === undefined ? {} : { version }) };
  }
  return fileTarget(typed, cwd);
}

/** A program file; throws when there is none. */
export function fileTarget(typed: string, cwd: string): Target & { readonly kind: 'file' } {
  const file = resolve(cwd, typed);
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}`);
  return { kind: 'file', file, agent: agentNameOf(file) };
}

const generic = new Set(['agent', 'index', 'main', 'program']);

/**
 * The name of the file; if that says nothing, the name of the package beside it or of its folder:
 * `invoice-check/agent.ts` is `invoice-check`.
 */
export function agentNameOf(file: string): string {
  const own = basename(file, extname(file));
  if (!generic.has(own)) return nameFrom(own);
  const folder = dirname(file);
  return nameFrom(packageNameIn(folder) ?? basename(folder));
}

/** A name that an agent may have, as near as possible to a word. */
export function nameFrom(word: string): string {
  const name = word
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 64);
  return name === '' ? 'program' : name;
}

function packageNameIn(folder: string): string | undefined {
  try {
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown };
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined;
  }
}
