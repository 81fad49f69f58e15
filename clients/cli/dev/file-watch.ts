import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** What a file is like: another text of it has another one. */
type Signature = string;

const defaultEveryMs = 100;

/**
 * Notices when files are saved, made or deleted. It looks at them again and again: a handful of files costs nothing,
 * and it is the same on every system and file system, whatever an editor does to save a file.
 */
export class FileWatch {
  readonly #everyMs: number;
  readonly #known = new Map<string, Signature>();

  constructor(everyMs = defaultEveryMs) {
    this.#everyMs = everyMs;
  }

  get files(): readonly string[] {
    return [...this.#known.keys()];
  }

  /** From now on also this one; to be called before it is read. One that is not there is noticed when it is made. */
  add(path: string): void {
    if (!this.#known.has(path)) this.#known.set(path, signatureOf(path));
  }

  clear(): void {
    this.#known.clear();
  }

  /** The files that were saved, once nothing more is being written. Rejects when the signal is aborted. */
  async saved(signal: AbortSignal): Promise<readonly string[]> {
    const saved = new Set<string>();
    for (;;) {
      const now = this.#look();
      for (const path of now) saved.add(path);
      if (now.length === 0 && saved.size > 0) return [...saved];
      await pause(this.#everyMs, undefined, { signal });
    }
  }

  /** Those that are not as they were at the last look. */
  #look(): string[] {
    const changed = this.files.filter((path) => signatureOf(path) !== this.#known.get(path));
    for (const path of changed) this.#known.set(path, signatureOf(path));
    return changed;
  }
}

function signatureOf(path: string): Signature {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
}
