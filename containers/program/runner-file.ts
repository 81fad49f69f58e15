import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../shared/domain/canonical.ts';
import type { Runner } from './program-child.ts';

/** From which sources a runner was made: digests by path relative to {@link root}. */
interface Manifest {
  readonly sources: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

const entry = fileURLToPath(new URL('./runner/main.ts', import.meta.url));

/**
 * The runner as one file of plain JavaScript in `folder`; made when it is missing or its sources have changed. From
 * the sources themselves a child would take 55 ms to start, with 30 ms of it for stripping types; so it takes 20, and
 * this file is all it needs to be allowed to read.
 */
export async function runnerFile(folder: string): Promise<Runner> {
  const file = join(folder, 'runner.mjs');
  if (!(await isCurrent(folder))) await make(folder, file);
  return { file };
}

async function isCurrent(folder: string): Promise<boolean> {
  try {
    const { sources } = JSON.parse(await readFile(join(folder, 'runner.json'), 'utf8')) as Manifest;
    const current = await digests(Object.keys(sources));
    return JSON.stringify(current) === JSON.stringify(sources);
  } catch {
    return false;
  }
}

/** The manifest is written last: it vouches for the runner. */
async function make(folder: string, file: string): Promise<void> {
  const { build } = await import('esbuild');
  await mkdir(folder, { recursive: true });
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const paths = Object.keys(metafile.inputs).map((path) => relative(root, resolve(root, path)));
  const manifest: Manifest = { sources: await digests(paths) };
  await replace(file, outputFiles[0]?.text ?? '');
  await replace(join(folder, 'runner.json'), JSON.stringify(manifest));
}

async function digests(paths: readonly string[]): Promise<Record<string, string>> {
  const entries = paths.map(async (path) => [path, sha256(await readFile(join(root, path)))] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Another server may start a child from the same file at this moment. */
async function replace(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, text);
  await rename(fresh, file);
}
