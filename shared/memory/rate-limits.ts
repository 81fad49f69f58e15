import { TandemError } from '../errors/tandem-error.ts';
import type { Principal } from '../ports/identity.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import { networkOf } from './network-of.ts';
import { TokenBuckets } from './token-buckets.ts';

export interface RateLimitOptions {
  /** Requests a second of one caller; `undefined`: as many as they like, as with the others. */
  readonly caller: number | undefined;
  /** Requests a second of all callers of one tenant. */
  readonly tenant: number | undefined;
  /** Requests a second of one address that shows no good credential. */
  readonly stranger: number | undefined;
  /** Requests of one caller that may be held back for news at the same time. */
  readonly waiters: number;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
}

/** Limits of one process, in memory. After a rest, two seconds' worth of requests may come at once. */
export class MemoryRateLimits implements RateLimits {
  readonly #elapsed: () => number;
  readonly #callers: TokenBuckets | undefined;
  readonly #tenants: TokenBuckets | undefined;
  readonly #strangers: TokenBuckets | undefined;
  readonly #most: number;
  readonly #waiters = new Map<string, number>();

  constructor({ caller, tenant, stranger, waiters, elapsed }: RateLimitOptions) {
    this.#elapsed = elapsed;
    this.#callers = buckets(caller);
    this.#tenants = buckets(tenant);
    this.#strangers = buckets(stranger);
    this.#most = waiters;
  }

  caller(caller: Principal): void {
    const now = this.#elapsed();
    const wait = this.#callers?.take(keyOf(caller), now) ?? 0;
    if (wait > 0) throw tooMany('requests of this caller', wait);
    const tenantWait = this.#tenants?.take(caller.tenant, now) ?? 0;
    if (tenantWait > 0) throw tooMany('requests of this tenant', tenantWait);
  }

  stranger(address: string): void {
    const wait = this.#strangers?.take(networkOf(address), this.#elapsed()) ?? 0;
    if (wait > 0) throw tooMany('requests of this address without a good credential', wait);
  }

  waiter(caller: Principal): () => void {
    const key = keyOf(caller);
    const waiters = this.#waiters.get(key) ?? 0;
    if (waiters >= this.#most) throw tooMany(`requests of this caller wait for news, ${waiters},`, 1_000);
    this.#waiters.set(key, waiters + 1);
    let waits = true;
    return () => {
      if (waits) this.#leave(key);
      waits = false;
    };
  }

  #leave(key: string): void {
    const waiters = (this.#waiters.get(key) ?? 0) - 1;
    if (waiters > 0) this.#waiters.set(key, waiters);
    else this.#waiters.delete(key);
  }
}

const buckets = (rate: number | undefined) =>
  rate === undefined ? undefined : new TokenBuckets({ rate, burst: 2 * rate });

const keyOf = ({ tenant, subject }: Principal): string => `${tenant}/${subject}`;

function tooMany(what: string, waitMs: number): TandemError {
  return new TandemError('limit.rate', {
    message: `Too many ${what} at once`,
    details: { retryAfter: Math.max(1, Math.ceil(waitMs / 1_000)) },
  });
}
