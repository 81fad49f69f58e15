import type { Principal } from '../ports/identity.ts';

export interface Remembered {
  readonly principal: Principal;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * The tokens used last, with whom they stand for: verifying a signature again would tell nothing new. In two halves: when
 * the newer one is full it becomes the older one, and what nobody has used since then is forgotten with it. So finding a
 * token changes nothing, other than in a map that is kept in order of use.
 */
export class RememberedTokens {
  readonly #half: number;
  #newer = new Map<string, Remembered>();
  #older = new Map<string, Remembered>();

  /** `most`: how many tokens are remembered at most. */
  constructor(most: number) {
    this.#half = Math.max(1, Math.floor(most / 2));
  }

  get(token: string): Remembered | undefined {
    const found = this.#newer.get(token);
    if (found !== undefined) return found;
    const older = this.#older.get(token);
    if (older !== undefined) this.put(token, older);
    return older;
  }

  put(token: string, remembered: Remembered): void {
    if (this.#newer.size >= this.#half) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(token, remembered);
  }

  forget(token: string): void {
    this.#newer.delete(token);
    this.#older.delete(token);
  }
}
