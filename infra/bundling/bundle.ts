import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { FunctionSpec } from '../../functions/deployed/function-spec.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Some packages are written in the module system before this one, and ask for parts of Node by its `require`. */
const banner =
  "import{createRequire as tandemRequire}from'node:module';const require=tandemRequire(import.meta.url);";

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

/**
 * Bundles one function into a folder and answers that: `index.mjs`, whose `handler` is the function's, with everything it
 * needs, and its source map. What it may need and often does not, like the store that was not chosen, lies beside it in
 * files of its own, which are loaded when they are asked for.
 */
export function bundleFunction(spec: Pick<FunctionSpec, 'name' | 'source'>, outFolder: string): string {
  const outdir = join(outFolder, spec.name);
  buildSync({
    absWorkingDir: root,
    stdin: { contents: spec.source, resolveDir: root, sourcefile: `${spec.name}.ts`, loader: 'ts' },
    outdir,
    entryNames: 'index',
    chunkNames: '[hash]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    // What is written in ES modules loses what nobody uses: commands of a service, ways to find credentials.
    mainFields: ['module', 'main'],
    format: 'esm',
    target: 'node24',
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    external,
    alias,
    banner: { js: banner },
    logLevel: 'error',
  });
  return outdir;
}
