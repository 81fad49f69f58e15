import type { Digest } from '../../domain/content.ts';
import type { RunEvent } from '../../domain/events.ts';
import { namedBlobs } from '../../domain/named-blobs.ts';

/** What the events and folders of an export name, and what of it has come. */
export class NamedInExport {
  /** Sizes in bytes, by digest. */
  readonly #contents = new Map<Digest, number>();
  readonly #folders = new Set<Digest>();
  readonly #come = new Set<Digest>();

  event(event: RunEvent): void {
    const { contents, trees } = namedBlobs(event);
    for (const { blob, size } of contents) this.#contents.set(blob, size);
    for (const root of trees) this.#folders.add(root);
  }

  folder(digest: Digest): void {
    this.#folders.add(digest);
  }

  content(digest: Digest, size: number): void {
    this.#contents.set(digest, size);
  }

  isFolder(digest: Digest): boolean {
    return this.#folders.has(digest);
  }

  /** Its size, where something names it. */
  sizeOf(digest: Digest): number | undefined {
    return this.#contents.get(digest);
  }

  /** Whether it has not come before. */
  come(digest: Digest): boolean {
    const isNew = !this.#come.has(digest);
    this.#come.add(digest);
    return isNew;
  }

  *missing(): Generator<Digest> {
    for (const digest of new Set([...this.#folders, ...this.#contents.keys()]))
      if (!this.#come.has(digest)) yield digest;
  }
}
