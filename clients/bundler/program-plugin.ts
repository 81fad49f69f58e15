import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import type { OnLoadArgs, OnLoadResult, OnResolveArgs, OnResolveResult, Plugin } from 'esbuild';

const namespace = 'tandem';

const builtins = new Set(builtinModules);

/**
 * Resolves what is particular to programs: `tandem` is the author library, wherever the program lies; the library has
 * a namespace of its own, so that its place on this machine does not show in the bundle; Node's modules are refused.
 */
export function programPlugin(entry: string, library: string): Plugin {
  return {
    name: 'tandem',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^tandem:main$/ }, () => ({ path: 'main.ts', namespace }));
      onResolve({ filter: /^tandem:program$/, namespace }, () => ({ path: entry }));
      onResolve({ filter: /^tandem$/ }, () => ({ path: 'index.ts', namespace, sideEffects: false }));
      onResolve({ filter: /^\.\.?\//, namespace }, withinLibrary);
      onResolve({ filter: /^[^.]/ }, refuseBuiltin);
      onLoad({ filter: /./, namespace }, (args) => loadLibrary(library, args));
    },
  };
}

function withinLibrary({ path, importer }: OnResolveArgs): OnResolveResult {
  return { path: posix.join(posix.dirname(importer), path), namespace };
}

async function loadLibrary(library: string, { path }: OnLoadArgs): Promise<OnLoadResult> {
  return { contents: await readFile(join(library, path), 'utf8'), loader: 'ts' };
}

function refuseBuiltin({ path }: OnResolveArgs): OnResolveResult | undefined {
  if (!path.startsWith('node:') && !builtins.has(path)) return undefined;
  const text = `A program cannot import "${path}": it acts through operations only, imported from "tandem".`;
  return { errors: [{ text }] };
}
