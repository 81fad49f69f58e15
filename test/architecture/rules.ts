import { adapterFolders, layers, publicEntries, pureFolders, pureModules } from './layers.ts';
import { isTest, type SourceFile, withoutComments } from './source-tree.ts';

/** What is wrong in a tree, one sentence each. */
export type Rule = (tree: readonly SourceFile[]) => string[];

const isIn = (path: string, folder: string) => path.startsWith(`${folder}/`);
const layerOf = (path: string) =>
  layers.filter(({ folder }) => isIn(path, folder)).sort((a, b) => b.folder.length - a.folder.length)[0];

/** Imports go down the layers only. */
export const layersPointInward: Rule = (tree) =>
  tree
    .filter((file) => !isTest(file))
    .flatMap(({ path, imports }) => {
      const layer = layerOf(path);
      if (layer === undefined) return [];
      const allowed = [layer.folder, ...layer.mayImport];
      return imports
        .filter(({ target }) => target !== undefined)
        .filter(({ target = '', isTypeOnly }) => {
          const folders = isTypeOnly ? [...allowed, ...(layer.types ?? [])] : allowed;
          return !folders.some((folder) => isIn(target, folder));
        })
        .map(({ target }) => `${path} imports ${target}, which ${layer.folder} may not`);
    });

/** Only what is named `wiring.ts` or `main.ts`, and tests, take adapters from where they are made. */
export const wiringConstructsAdapters: Rule = (tree) =>
  tree
    .filter((file) => !isTest(file) && !/(^|\/)(wiring|main|bench)\.ts$/.test(file.path))
    .filter(({ path }) => ['functions', 'containers', 'local'].some((folder) => isIn(path, folder)))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ target = '' }) => adapterFolders.some((folder) => isIn(target, folder)))
        .flatMap(({ names }) => names.filter((name) => /^[A-Z]|^\*$/.test(name) && !buildingBlocks.has(name)))
        .map((name) => `${path} imports the adapter ${name}: a wiring.ts does`),
    );

/** Classes in adapter folders that adapters are made of, and that implement no port. */
const buildingBlocks = new Set(['GroupCommit']);

/** A name is imported from the file that defines it. */
export const noBarrels: Rule = (tree) =>
  tree
    .filter((file) => !isTest(file) && !publicEntries.includes(file.path))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ isReexport }) => isReexport)
        .map(({ specifier }) => `${path} re-exports ${specifier}: import from there`),
    );

const declared = '(?:async )?(?:function\\*?|const|class|interface|type)';

/** What others import the package by says what it is. */
export const publicIsDocumented: Rule = (tree) => {
  const texts = new Map(tree.map(({ path, text }) => [path, text]));
  const entries = tree.filter(({ path }) => publicEntries.includes(path));
  const exported = entries.flatMap(({ path, text, imports }) => [
    ...[...text.matchAll(new RegExp(`^export ${declared} (\\w+)`, 'gm'))].map(([, name = '']) => ({
      path,
      name,
    })),
    ...imports
      .filter(({ isReexport }) => isReexport)
      .flatMap(({ target = '', names }) => names.map((name) => ({ path: target, name }))),
  ]);
  return exported
    .filter(({ path, name }) => !documented(name).test(texts.get(path) ?? ''))
    .map(({ path, name }) => `${path} does not say what ${name} is`);
};

const documented = (name: string) => new RegExp(`\\*/\\nexport ${declared} ${name}\\b`);

const impure = [
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /(?<!new )\bDate\(/,
  /\b(?:set|clear)(?:Timeout|Interval|Immediate)\b/,
  /\bMath\.random\b/,
  /\b(?:randomUUID|randomBytes|randomInt|randomFill|getRandomValues)\b/,
  /\bperformance\.now\b/,
  /\bprocess\.\w+/,
  /\b(?:globalThis\.)?fetch\(/,
  /\bglobalThis\b/,
  /\beval\(|\bnew Function\(/,
  /\bimport\(/,
];

/** Neither clock nor randomness nor I/O in the core. */
export const coreIsPure: Rule = (tree) =>
  tree
    .filter((file) => !isTest(file) && pureFolders.some((folder) => isIn(file.path, folder)))
    .flatMap((file) => {
      const code = withoutComments(file);
      const calls = impure.flatMap((pattern) => code.match(pattern)?.[0] ?? []);
      const modules = file.imports
        .map(({ specifier }) => specifier)
        .filter((specifier) => specifier.startsWith('node:') && !pureModules.includes(specifier));
      return [...calls, ...modules].map((what) => `${file.path} uses ${what}: take it from a port`);
    });

const machines = [/\/work\/(?:main|shared)\b/, /\/home\/\w+\//, /\/Users\/\w+\//, /[A-Z]:\\Users\\/];

/** Nothing of the machine that a file was written on. */
export const noMachinePaths: Rule = (tree) =>
  tree
    .filter(({ path }) => path !== 'test/architecture/rules.ts' && path !== 'test/architecture/rules.test.ts')
    .flatMap(({ path, text }) =>
      machines
        .flatMap((pattern) => text.match(pattern)?.[0] ?? [])
        .map((found) => `${path} names ${found}, a path of one machine`),
    );
