import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Tells of every file that is about to be read, and of every relative import, whether there is such a file or not. */
export function inputsPlugin(onInput: (path: string) => void): Plugin {
  return {
    name: 'inputs',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\.?\//, namespace: 'file' }, ({ path, resolveDir }) => {
        onInput(join(resolveDir, path));
        return undefined;
      });
      onLoad({ filter: /./, namespace: 'file' }, ({ path }) => {
        onInput(path);
        return undefined;
      });
    },
  };
}
