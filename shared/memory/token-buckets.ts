import { LRUCache } from 'lru-cache';

/** How many keys are remembered; one that is forgotten has a full bucket, so nobody is refused for it. */
const remembered = 20_000;

export interface BucketOptions {
  /** Requests a second, in the long run. */
  readonly rate: number;
  /** Requests at once, after a rest. */
  readonly burst: number;
}

/**
 * Token buckets by key. Of each bucket only one number is kept: the time at which it will be full again (the generic
 * cell rate algorithm), so that nothing has to be filled and no timer runs.
 */
export class TokenBuckets {
  readonly #intervalMs: number;
  readonly #depthMs: number;
  readonly #fullAt = new LRUCache<string, number>({ max: remembered });

  constructor({ rate, burst }: BucketOptions) {
    this.#intervalMs = 1_000 / rate;
    this.#depthMs = this.#intervalMs * burst;
  }

  /** Takes a token. Returns 0, or the milliseconds until there is one; then none was taken. */
  take(key: string, now: number): number {
    const fullAt = Math.max(this.#fullAt.get(key) ?? now, now) + this.#intervalMs;
    const missing = fullAt - now - this.#depthMs;
    // A fraction of a token is lost to rounding.
    if (missing > this.#intervalMs * 1e-6) return missing;
    this.#fullAt.set(key, fullAt);
    return 0;
  }
}
