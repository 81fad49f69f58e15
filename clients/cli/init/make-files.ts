import { lstatSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileProblem } from '../saving/file-problem.ts';
import { makeFolder } from '../saving/make-folder.ts';
import { UsageError } from '../usage-error.ts';
import type { TemplateFile } from './template.ts';

/** Somebody who starts in a folder of their own may have these already: theirs are as good. */
const theirsMayStay = new Set(['.gitignore', 'README.md']);

/** What became of the files. */
export interface Made {
  readonly made: readonly string[];
  /** Were there before, and are as they were. */
  readonly kept: readonly string[];
}

/** Writes the files into a folder; nothing at all when one of them is there already. No file is ever overwritten. */
export function makeFiles(folder: string, files: readonly TemplateFile[]): Made {
  try {
    const present = files.map(({ path }) => path).filter((path) => exists(join(folder, path)));
    const inTheWay = present.filter((path) => !theirsMayStay.has(path));
    if (inTheWay.length > 0) throw taken(folder, inTheWay);
    makeFolder(folder);
    const missing = files.filter(({ path }) => !present.includes(path));
    for (const { path, content } of missing) writeFileSync(join(folder, path), content, { flag: 'wx' });
    return { made: missing.map(({ path }) => path), kept: present };
  } catch (error) {
    throw fileProblem(error, folder);
  }
}

function taken(folder: string, files: readonly string[]): UsageError {
  const [last, ...others] = files.toReversed();
  const names = others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
  return new UsageError(`${folder} has ${names} already, and nothing is overwritten: name another folder`);
}

/** A dangling link is in the way as well. */
const exists = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined;
