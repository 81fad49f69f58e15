import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from '../../data-folder/private-file.ts';

/** The text of each key of the twin, by the parameter of the template that takes it. */
export type Keys = Readonly<Record<string, string>>;

/**
 * The keys of the twin, made when they are asked for first and kept on a volume: LocalStack forgets its secrets, and what
 * they have signed has to hold.
 */
export async function openKeys(data: string, names: readonly string[]): Promise<Keys> {
  const path = join(data, 'keys.json');
  const kept: Keys = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const missing = names.filter((name) => kept[name] === undefined);
  if (missing.length === 0) return kept;
  const keys = { ...kept, ...Object.fromEntries(missing.map((name) => [name, newKey()])) };
  await writePrivateFile(path, JSON.stringify(keys));
  return keys;
}

/** 48 characters, 288 bits. */
const newKey = (): string => randomBytes(36).toString('base64url');
