import { LRUCache } from 'lru-cache';
import { networkOf } from '../../../shared/memory/network-of.ts';

/** Failures within the window that each key may have. */
interface Limits {
  readonly account: number;
  readonly address: number;
  readonly both: number;
}

const windowMs = 15 * 60_000;

/**
 * One account from one address, quickly; one address, before it has tried many accounts; one account from everywhere,
 * late: else anybody could lock out anybody.
 */
const limits: Limits = { both: 5, address: 30, account: 100 };

interface Attempt {
  readonly account: string;
  readonly address: string;
}

/** Failed sign-ins, counted in memory: whether an account exists makes no difference. */
export class Throttle {
  readonly #failures = new LRUCache<string, { count: number; readonly until: number }>({ max: 20_000 });
  readonly #now: () => number;

  /** `now`: milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Seconds until the next attempt is looked at; 0 when it is now. */
  wait(attempt: Attempt): number {
    const waits = keysOf(attempt).map(([key, limit]) => {
      const failure = this.#current(key);
      return failure === undefined || failure.count < limit ? 0 : failure.until - this.#now();
    });
    return Math.ceil(Math.max(...waits) / 1_000);
  }

  /** Counts an attempt as failed before it is known: many at the same moment are many. */
  begin(attempt: Attempt): void {
    for (const [key] of keysOf(attempt)) {
      const failure = this.#current(key) ?? { count: 0, until: this.#now() + windowMs };
      this.#failures.set(key, { ...failure, count: failure.count + 1 });
    }
  }

  /** It was the right password after all: what was counted for these two is forgotten. */
  succeeded(attempt: Attempt): void {
    for (const [key, limit] of keysOf(attempt)) {
      const failure = this.#current(key);
      if (limit === limits.both) this.#failures.delete(key);
      else if (failure) this.#failures.set(key, { ...failure, count: failure.count - 1 });
    }
  }

  #current(key: string) {
    const failure = this.#failures.get(key);
    return failure && failure.until > this.#now() ? failure : undefined;
  }
}

function keysOf({ account, address: from }: Attempt): readonly (readonly [string, number])[] {
  const address = networkOf(from);
  return [
    [`both ${address} ${account}`, limits.both],
    [`address ${address}`, limits.address],
    [`account ${account}`, limits.account],
  ];
}
