import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file that `init` makes. */
export interface TemplateFile {
  /** Relative to the new folder. */
  readonly path: string;
  readonly content: string;
}

/** What differs from one new folder to the next. */
export interface Particulars {
  /** Of the agent and its package. */
  readonly name: string;
  /** The checkout of Tandem, as a path that means the same from the new folder. */
  readonly tandem: string;
}

const folder = new URL('template/', import.meta.url);

/**
 * The files of `template/`, filled in. One that would mean something where it lies (a `package.json`, say) has an
 * underscore before its name there.
 */
export function templateFiles(particulars: Particulars): readonly TemplateFile[] {
  return globSync('*', { cwd: fileURLToPath(folder) })
    .sort()
    .map((name) => ({
      path: targetOf(name),
      content: fill(readFileSync(new URL(name, folder), 'utf8'), particulars),
    }));
}

const targetOf = (name: string) => (name === '_gitignore' ? '.gitignore' : name.replace(/^_/, ''));

const fill = (text: string, { name, tandem }: Particulars) =>
  text.replaceAll('{{name}}', name).replaceAll('{{tandem}}', tandem);
