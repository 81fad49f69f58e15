import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildFailure, BuildOptions } from 'esbuild';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { type Fault, faultOf, refusal } from './faults.ts';
import { inputsPlugin } from './inputs-plugin.ts';
import { programPlugin } from './program-plugin.ts';

/** A program in one file. */
export interface Bundle {
  /**
   * A classic script whose value is a function of the bridge (`Start` in `shared/protocol/program.ts`). Ends with an
   * inline source map that holds the sources; paths are relative to the folder of the program.
   */
  readonly code: string;
  readonly warnings: readonly Fault[];
}

export interface BundleOptions {
  /** Told every file of the program's before it is read, and every one that it imports and that is not there. */
  readonly onInput?: (path: string) => void;
}

const sources = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'];

const library = join(dirname(fileURLToPath(import.meta.url)), '../program');

/**
 * Bundles a program (TypeScript or JavaScript), its dependencies and the author library into one file. The same
 * sources give the same bytes, wherever they lie. Throws `definition.invalid`, naming file, line and column, for what
 * cannot work: syntax errors, a missing default export, modules that programs don't have.
 */
export async function bundleProgram(
  entryFile: string,
  { onInput = () => {} }: BundleOptions = {},
): Promise<Bundle> {
  const entry = resolve(entryFile);
  if (!sources.includes(extname(entry))) throw noProgram(entry);
  const { build } = await import('esbuild');
  try {
    const { outputFiles, warnings } = await build({ ...options(entry, onInput), write: false });
    return { code: outputFiles[0]?.text ?? '', warnings: warnings.map(faultOf) };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw refusal(error.errors);
  }
}

function options(entry: string, onInput: (path: string) => void): BuildOptions {
  const folder = dirname(entry);
  return {
    absWorkingDir: folder,
    entryPoints: ['tandem:main'],
    outfile: join(folder, 'program.js'),
    plugins: [inputsPlugin(onInput), programPlugin(entry, library)],
    bundle: true,
    format: 'iife',
    target: 'es2024',
    platform: 'neutral',
    mainFields: ['browser', 'module', 'main'],
    conditions: ['browser', 'import', 'module'],
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: { js: "((tandemBridge) => {'use strict';" },
    footer: { js: '})' },
    sourcemap: 'inline',
    sourcesContent: true,
    charset: 'utf8',
    legalComments: 'eof',
    logLevel: 'silent',
  };
}

function noProgram(entry: string): TandemError {
  const message = `${basename(entry)} is no program: it must be TypeScript or JavaScript (${sources.join(', ')}).`;
  return new TandemError('definition.invalid', { message });
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors);
}
