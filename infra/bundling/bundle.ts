import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import type { FunctionSpec } from '../../functions/deployed/function-spec.ts';
import { inFewFiles, type Split } from './few-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Some packages are written in the module system before this one, and ask for parts of Node by its `require`. */
const banner = "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);";

/**
 * Modules of Node that are taken as they are: to import them as ES modules asks each of their members, and some of those load
 * parts of Node that nobody needs, like `WebSocket`.
 */
const alias = Object.fromEntries(
  ['http', 'https', 'http2', 'process'].flatMap((name) => {
    const file = join(root, 'infra/bundling/built-in', `${name}.cjs`);
    return [
      [name, file],
      [`node:${name}`, file],
    ];
  }),
);

/** Packages that others would use if they were there, and do without. */
const external = ['pg-native', 'pg-cloudflare'];

const format = {
  platform: 'node',
  format: 'esm',
  target: 'node24',
  outExtension: { '.js': '.mjs' },
  logLevel: 'error',
} as const;

/**
 * Bundles one function into a folder and answers that: `index.mjs`, whose `handler` is the function's, with everything it
 * needs, and its source map. What it may need and often does not, like the store that was not chosen, lies beside it in
 * files of its own, which are loaded when they are asked for. The same sources come to the same bytes, wherever they lie.
 */
export async function bundleFunction(
  spec: Pick<FunctionSpec, 'name' | 'source'>,
  outFolder: string,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-pieces-'));
  const out = join(outFolder, spec.name);
  mkdirSync(out, { recursive: true });
  try {
    for (const { path, text } of await inFewFiles(await split(spec, folder), writing)) {
      // Where the pieces lay is another place each time, and bytes that change are deployed again.
      writeFileSync(join(out, basename(path)), text.replaceAll(relative(writing.outdir, folder), 'pieces'));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return out;
}

/** Its sources appear in source maps as they stand in the project. */
const writing = {
  ...format,
  outdir: join(root, 'bundle'),
  minify: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  banner: { js: banner },
} as const satisfies BuildOptions;

/** Everything that a function may need, in pieces. */
async function split(
  { name, source }: Pick<FunctionSpec, 'name' | 'source'>,
  folder: string,
): Promise<Split> {
  const { metafile } = await build({
    ...format,
    absWorkingDir: root,
    stdin: {
      contents: `import './functions/mapped-stacks.ts';\n${source}`,
      resolveDir: root,
      sourcefile: `${name}.ts`,
      loader: 'ts',
    },
    outdir: folder,
    entryNames: 'entry',
    chunkNames: '[hash]',
    bundle: true,
    splitting: true,
    // What is written in ES modules loses what nobody uses: commands of a service, ways to find credentials.
    mainFields: ['module', 'main'],
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    external,
    alias,
  });
  const pieces = Object.entries(metafile.outputs).filter(([path]) => path.endsWith('.mjs'));
  return {
    folder,
    entry: 'entry.mjs',
    pieces: new Map(pieces.map(([path, piece]) => [basename(path), piece])),
  };
}
