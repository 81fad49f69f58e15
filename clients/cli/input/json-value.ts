import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Json } from '../../../shared/protocol/json.ts';
import { UsageError } from '../usage-error.ts';

/** JSON as typed, or, after `@`, from a file. Throws naming the option. */
export async function readJson(option: string, typed: string, cwd: string): Promise<Json> {
  const text = typed.startsWith('@') ? await readText(option, resolve(cwd, typed.slice(1))) : typed;
  const value = parseJson(text);
  if (value === undefined) throw new UsageError(`${option} takes JSON, or @FILE with JSON in it`);
  return value;
}

/** `undefined` when it is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

async function readText(option: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new UsageError(`${option} names a file that cannot be read: ${path}`);
  }
}
