import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile, type OutputFile } from 'esbuild';

/** A program that was split into pieces, which are files of `folder` and are written over here. */
export interface Split {
  readonly folder: string;
  /** The piece that the program begins with. */
  readonly entry: string;
  readonly pieces: ReadonlyMap<string, Metafile['outputs'][string]>;
}

/**
 * Puts the pieces of a program together again, into few files. A bundler that splits makes a piece of each set of modules
 * that the same parts need: a cold start would load twenty, and each takes half a millisecond, however small it is. Here
 * `index.mjs` is what the program begins with and needs for that, `shared.mjs` what those parts have in common that are
 * loaded later, and each of these is a file of its own. All import from `index.mjs`, which must not wait for one of them at
 * its top level: it would wait for ever. `writing`: how files are written, and where they are thought to be.
 */
export async function inFewFiles(split: Split, writing: BuildOptions): Promise<readonly OutputFile[]> {
  const { folder, entry, pieces } = split;
  const names = [...pieces.keys()];
  const first = [...withImports(entry, split)];
  const later = names.filter((name) => name !== entry && pieces.get(name)?.entryPoint !== undefined);
  const shared = names.filter((name) => !first.includes(name) && !later.includes(name));

  const outside = (...files: readonly string[]) => files.map((file) => `./${file}`);
  const write = async (given: BuildOptions): Promise<readonly OutputFile[]> => {
    const options = { ...writing, absWorkingDir: folder, bundle: true, ...given };
    return (await build({ ...options, write: false })).outputFiles;
  };

  gather('index.mjs', first, split);
  const index = await write({ entryPoints: ['index.mjs'], external: outside(...later) });
  lead(first, 'index.mjs', split);
  gather('shared.mjs', shared, split);
  const common =
    shared.length === 0
      ? []
      : await write({ entryPoints: ['shared.mjs'], external: outside('index.mjs', ...later) });
  lead(shared, 'shared.mjs', split);
  // Under names of their own, as those that others ask for are not looked at.
  const own = later.map((name) => ({ in: `own-${name}`, out: name.replace(/\.mjs$/, '') }));
  for (const name of later) copyFileSync(join(folder, name), join(folder, `own-${name}`));
  const parts = await write({ entryPoints: own, external: outside('index.mjs', 'shared.mjs', ...later) });
  return [...index, ...common, ...parts];
}

/** Makes a file that exports what pieces export, each under a name that no other has. */
function gather(file: string, members: readonly string[], split: Split): void {
  const lines = members.map((piece) => {
    const pairs = exportsOf(piece, split).map(({ own, unique }) => `${own} as ${unique}`);
    return `export { ${pairs.join(', ')} } from './${piece}';\n`;
  });
  writeFileSync(join(split.folder, file), lines.join(''));
}

/** Leads whoever asks for one of the pieces to the file that they have gone into. */
function lead(members: readonly string[], file: string, split: Split): void {
  for (const piece of members) {
    const pairs = exportsOf(piece, split).map(({ own, unique }) => `${unique} as ${own}`);
    writeFileSync(join(split.folder, piece), `export { ${pairs.join(', ')} } from './${file}';\n`);
  }
}

/** What the program itself exports is called as ever. */
function exportsOf(piece: string, { entry, pieces }: Split) {
  const names = pieces.get(piece)?.exports ?? [];
  const [id] = piece.split('.');
  return names.map((own) => ({ own, unique: piece === entry ? own : `${own}_${id}` }));
}

/** A piece and all that is loaded with it. */
function withImports(name: string, split: Split, reached: Set<string> = new Set()): ReadonlySet<string> {
  if (reached.has(name)) return reached;
  reached.add(name);
  for (const { path, kind } of split.pieces.get(name)?.imports ?? []) {
    const imported = path.slice(path.lastIndexOf('/') + 1);
    if (kind === 'import-statement' && split.pieces.has(imported)) withImports(imported, split, reached);
  }
  return reached;
}
