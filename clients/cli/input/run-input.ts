import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Json } from '../../../shared/protocol/json.ts';
import { UsageError } from '../usage-error.ts';
import { parseJson, readJson } from './json-value.ts';
import { type Bring, readStartFiles, type StartFile } from './start-files.ts';

/** What a run starts with. */
export interface RunInput {
  readonly input?: Json;
  /** Instead of `input`: what names an upload that holds it. */
  readonly inputUpload?: string;
  readonly files: readonly StartFile[];
}

/**
 * `--input` and `--file` of a run. An input is JSON, or names a file: one with JSON in it is the input itself, any
 * other is put into the workspace, and the input says where: `{ "file": "orders.csv" }`.
 */
export async function readRunInput(
  { input, file = [] }: { readonly input?: string; readonly file?: readonly string[] },
  cwd: string,
  bring: Bring,
): Promise<RunInput> {
  const files = await readStartFiles(file, cwd, bring);
  if (input === undefined) return { files };
  if (input.startsWith('@')) return { input: await readJson('--input', input, cwd), files };
  const path = resolve(cwd, input);
  if (existsSync(path)) return fileInput(path, files, bring);
  const value = parseJson(input);
  if (value === undefined) throw new UsageError(`--input takes JSON or a file; \`${input}\` is neither`);
  return { input: value, files };
}

async function fileInput(path: string, files: readonly StartFile[], bring: Bring): Promise<RunInput> {
  const name = basename(path);
  const [own] = await readStartFiles([path], resolve(path, '..'), bring);
  const isJson = name.endsWith('.json');
  if (isJson && own?.upload !== undefined) return { inputUpload: own.upload, files };
  const value = isJson && own?.content !== undefined ? parseJson(own.content) : undefined;
  if (value !== undefined) return { input: value, files };
  return { input: { file: name }, files: own ? [...files, own] : files };
}
