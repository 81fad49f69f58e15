import type { Principal } from '../ports/identity.ts';

interface Remembered {
  readonly principal: Principal;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The tokens used last, with whom they stand for: verifying a signature again would tell nothing new. */
export class RememberedTokens {
  readonly #tokens = new Map<string, Remembered>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(token: string): Remembered | undefined {
    const found = this.#tokens.get(token);
    if (found === undefined) return undefined;
    // Last in the map is used last.
    this.#tokens.delete(token);
    this.#tokens.set(token, found);
    return found;
  }

  put(token: string, remembered: Remembered): void {
    this.#tokens.set(token, remembered);
    if (this.#tokens.size <= this.#most) return;
    for (const oldest of this.#tokens.keys()) {
      this.#tokens.delete(oldest);
      return;
    }
  }

  forget(token: string): void {
    this.#tokens.delete(token);
  }
}
