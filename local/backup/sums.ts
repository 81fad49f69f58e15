import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { backupNames, invalidBackup } from './manifest.ts';

/** A line of the list of sums. */
export interface Sum {
  readonly path: string;
  readonly sha256: string;
}

/** Writes the list as `sha256sum --check` reads it, line by line. */
export class SumsWriter {
  readonly #lines: string[] = [];
  readonly #hash = createHash('sha256');
  readonly #file: Awaited<ReturnType<typeof open>>;

  private constructor(file: Awaited<ReturnType<typeof open>>) {
    this.#file = file;
  }

  static async in(backup: string): Promise<SumsWriter> {
    return new SumsWriter(await open(join(backup, backupNames.sums), 'wx', 0o600));
  }

  async add({ path, sha256 }: Sum): Promise<void> {
    this.#lines.push(`${sha256}  ${path}\n`);
    if (this.#lines.length >= 1_000) await this.#write();
  }

  /** The SHA-256 of the list, which is on the disk then. */
  async end(): Promise<string> {
    await this.#write();
    await this.#file.sync();
    await this.#file.close();
    return this.#hash.digest('hex');
  }

  async #write(): Promise<void> {
    const text = this.#lines.splice(0).join('');
    this.#hash.update(text);
    await this.#file.writeFile(text);
  }
}

const line = /^([0-9a-f]{64}) {2}(.+)$/;

/** What a data folder consists of; nothing else is taken from a backup, wherever its list may point. */
const known =
  /^(?:log\.db|keys\/[\w.-]+|identity\/[\w.-]+|blobs\/[a-z0-9][a-z0-9-]{0,62}\/[0-9a-f]{2}\/[0-9a-f]{64})$/;

/** The list of a backup, line by line. Throws `backup.invalid` for a line that names what no backup holds. */
export async function* readSums(backup: string): AsyncGenerator<Sum> {
  const file = await open(join(backup, backupNames.sums), 'r').catch((cause: unknown) => {
    throw invalidBackup(`${backup} has no list of sums`, cause);
  });
  for await (const text of createInterface({ input: file.createReadStream(), crlfDelay: Infinity })) {
    const [, sha256 = '', path = ''] = line.exec(text) ?? [];
    if (!known.test(path) || path.endsWith('.'))
      throw invalidBackup(`The list of sums of ${backup} names what no data folder holds`);
    yield { sha256, path };
  }
}
