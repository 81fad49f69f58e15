import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { FileSystem } from './file-system.ts';

/** Where files grow until they have their content: all in one folder, so that what a crash leaves is found at once. */
export class UnfinishedFiles {
  readonly #files: FileSystem;
  readonly #folder: string;
  #swept: Promise<void> | undefined;

  constructor(files: FileSystem, folder: string) {
    this.#files = files;
    this.#folder = folder;
  }

  /** A name for a new file. The first one is given once everything is gone that earlier processes left. */
  async next(): Promise<string> {
    await (this.#swept ?? this.#sweepOnce());
    return join(this.#folder, randomUUID());
  }

  /** Again only if it failed: by then nobody has been given a name. */
  #sweepOnce(): Promise<void> {
    const sweeping = this.#sweep();
    this.#swept = sweeping;
    sweeping.catch(() => {
      this.#swept = undefined;
    });
    return sweeping;
  }

  async #sweep(): Promise<void> {
    await this.#files.mkdir(this.#folder, { recursive: true, mode: 0o700 });
    for (const name of await this.#files.readdir(this.#folder)) {
      await this.#files.rm(join(this.#folder, name), { force: true });
    }
  }
}
