import { dirname } from 'node:path';
import { syncFolder } from './durable-write.ts';
import type { FileSystem } from './file-system.ts';

/** Folders below a root whose names are known to be durable: each is looked after once in the life of a process. */
export class DurableFolders {
  readonly #files: FileSystem;
  readonly #root: string;
  readonly #made = new Map<string, Promise<void>>();

  constructor(files: FileSystem, root: string) {
    this.#files = files;
    this.#root = root;
  }

  /** Resolves when the folder, one below the root, is there for good. */
  make(folder: string): Promise<void> {
    const made = this.#made.get(folder);
    if (made) return made;
    const making = this.#make(folder);
    this.#made.set(folder, making);
    making.catch(() => this.#made.delete(folder));
    return making;
  }

  /** Also when it exists: whoever made it may have died before its name was synced. */
  async #make(folder: string): Promise<void> {
    await this.#files.mkdir(folder, { recursive: true, mode: 0o700 });
    for (let below = folder; below.length >= this.#root.length; below = dirname(below)) {
      await syncFolder(this.#files, dirname(below));
    }
  }
}
