const hour = 3_600_000;

/**
 * For so long after it was stored a blob is not removed, by whichever process, in milliseconds. Whoever stores bytes that
 * are there already therefore has them for a while in which to commit the event that names them.
 */
export const keptMs = 24 * hour;

/**
 * A blob that was stored longer ago than this is stored anew when somebody stores it, or relies on its being there: an hour
 * before it could be removed, which is longer than from storing a blob to the event that names it, and than clocks differ.
 */
export const freshMs = keptMs - hour;

/** For so long this process does not look again whether what it has seen is still there, in milliseconds. */
const rememberedMs = hour / 4;

const rememberedBlobs = 10_000;

/** Blobs that this process knows to be there, and to stay for now. */
export class FreshBlobs {
  readonly #now: () => number;
  readonly #freshMs: number;
  readonly #until = new Map<string, number>();

  constructor(now: () => number, fresh: number) {
    this.#now = now;
    this.#freshMs = fresh;
  }

  has(key: string): boolean {
    return (this.#until.get(key) ?? 0) > this.#now();
  }

  /** `storedAt`: milliseconds since the epoch. */
  add(key: string, storedAt: number): void {
    this.#until.delete(key);
    this.#until.set(key, Math.min(storedAt + this.#freshMs, this.#now() + rememberedMs));
    if (this.#until.size > rememberedBlobs) this.#until.delete(this.#until.keys().next().value as string);
  }

  delete(key: string): void {
    this.#until.delete(key);
  }
}
