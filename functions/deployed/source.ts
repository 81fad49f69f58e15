import type { Right } from './function-spec.ts';
import { type PartName, partsOf } from './parts.ts';

/** What the module of a function is made of. */
export interface Making {
  /** Where the function that makes the handler is, from the project's root, and its name. */
  readonly maker: readonly [module: string, name: string];
  /** Names that it is given, by the module that has them; a name may be given another one, as in `a as b`. */
  readonly imports?: Readonly<Record<string, readonly string[]>>;
  /** What it is given besides the wiring, as an expression; absent: nothing. */
  readonly given?: string;
  readonly rights: readonly Right[];
  /** Parts that no right brings by itself. */
  readonly parts?: readonly PartName[];
}

/**
 * The source of a module that exports one handler: what it serves, put together from the parts of its rights. It names
 * each thing it needs, so that the bundler leaves out all others.
 */
export function sourceOf({
  maker: [module, name],
  imports = {},
  given,
  rights,
  parts: more,
}: Making): string {
  const parts = partsOf(rights, more);
  const wired = `wire([${parts.map((part) => part.name).join(', ')}])`;
  const lines = [
    importOf('./functions/wiring.ts', ['wire']),
    ...parts.map((part) => importOf(part.module, [part.name])),
    importOf(module, [name]),
    ...Object.entries(imports).map(([from, names]) => importOf(from, names)),
    `export const handler = ${name}(${given === undefined ? wired : `${wired}, ${given}`});`,
  ];
  return `${lines.join('\n')}\n`;
}

const importOf = (from: string, names: readonly string[]): string =>
  `import { ${names.join(', ')} } from '${from}';`;

/** The source of a function whose module is a file of its own, from the project's root. */
export const sourceIn = (path: string): string => ["export { handler } from '", path, "';\n"].join('');
