import { hash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CommandInput, InputFile } from '../../shared/protocol/report.ts';
import { each } from './each.ts';
import { CommandFailure } from './failure.ts';
import { send } from './http.ts';

/** Puts the workspace into an empty folder. Returns its files by path. */
export async function fetchFiles(
  files: CommandInput['files'],
  folder: string,
): Promise<ReadonlyMap<string, InputFile>> {
  const list = 'url' in files ? await fetchList(files) : files;
  await each(new Set(list.map(({ path }) => dirname(join(folder, path)))), 8, async (parent) => {
    await mkdir(parent, { recursive: true });
  });
  await each(list, 8, async (file) => {
    const mode = file.executable === true ? 0o755 : 0o644;
    const bytes = await fetchBlob(file.url, file.digest);
    // `wx`: a file system that takes two names for one must not lose a file in silence.
    await writeFile(join(folder, file.path), bytes, { flag: 'wx', mode });
  });
  return new Map(list.map((file) => [file.path, file]));
}

async function fetchList({ url, digest }: { url: string; digest: string }): Promise<readonly InputFile[]> {
  return JSON.parse((await fetchBlob(url, digest)).toString('utf8')) as InputFile[];
}

async function fetchBlob(url: string, digest: string): Promise<Buffer> {
  const { status, body } = await send(url, { method: 'GET' });
  if (status !== 200)
    throw new CommandFailure(`The workspace could not be fetched: the store answered ${status}.`);
  if (hash('sha256', body, 'hex') !== digest) throw new CommandFailure('The workspace arrived damaged.');
  return body;
}
