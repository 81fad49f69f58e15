import { hash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CommandInput, InputFile } from '../../shared/protocol/report.ts';
import { each } from './each.ts';
import { CommandFailure } from './failure.ts';
import { askStore } from './store.ts';

/** Puts the workspace into an empty folder. Returns its files by path. */
export async function fetchFiles(
  files: CommandInput['files'],
  folder: string,
  stop: AbortSignal,
): Promise<ReadonlyMap<string, InputFile>> {
  const list = 'url' in files ? await fetchList(files, stop) : files;
  await each(new Set(list.map(({ path }) => dirname(join(folder, path)))), 8, async (parent) => {
    await mkdir(parent, { recursive: true });
  });
  await each(list, 8, async (file) => {
    const mode = file.executable === true ? 0o755 : 0o644;
    const bytes = await fetchBlob(file, stop);
    // `wx`: a file system that takes two names for one must not lose a file in silence.
    await writeFile(join(folder, file.path), bytes, { flag: 'wx', mode });
  });
  return new Map(list.map((file) => [file.path, file]));
}

type Address = Pick<InputFile, 'url' | 'digest'>;

async function fetchList(list: Address, stop: AbortSignal): Promise<readonly InputFile[]> {
  return JSON.parse((await fetchBlob(list, stop)).toString('utf8')) as InputFile[];
}

async function fetchBlob({ url, digest }: Address, stop: AbortSignal): Promise<Buffer> {
  const { status, body } = await askStore(url, { method: 'GET' }, stop);
  if (status !== 200)
    throw new CommandFailure(`The workspace could not be fetched: the store answered ${status}.`);
  if (hash('sha256', body, 'hex') !== digest) throw new CommandFailure('The workspace arrived damaged.');
  return body;
}
