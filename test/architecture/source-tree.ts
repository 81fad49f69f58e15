import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Import, importsOf } from './imports.ts';

/** A source file: its path relative to the checkout, with `/`, and what it says. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

/** Source files by path and text: how a test makes up a tree. */
export function sourceTree(files: Readonly<Record<string, string>>): SourceFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, text, imports: importsOf(path, text) }));
}

/** Every TypeScript and JavaScript source file of a checkout, packages and hidden folders left out. */
export function readSourceTree(root: string): SourceFile[] {
  const exclude = (path: string) => /(^|[\\/])(node_modules|\.[^\\/.]+)$/.test(path);
  const paths = globSync('**/*.{ts,mjs}', { cwd: root, exclude });
  const files = paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(root, path), 'utf8')]);
  return sourceTree(Object.fromEntries(files));
}

/** Whether a file is a test or only there for tests: those may reach for anything. State machines are data. */
export function isTest({ path }: SourceFile): boolean {
  return /^(test|state-machines)\/|\.(test|contract|properties)\.ts$|[.-]fixtures?\.ts$|\/testing\//.test(
    path,
  );
}

/** The text without its comments. */
export function withoutComments({ text }: SourceFile): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/(^|\s)\/\/.*$/gm, '$1');
}
