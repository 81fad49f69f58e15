import type { Principal } from './identity.ts';

/**
 * How much may be asked. Each method throws `limit.rate` (details: `retryAfter`, in whole seconds) when that is too
 * much now; asking costs about a microsecond.
 */
export interface RateLimits {
  /** One request of somebody who is known, counted for them and for their tenant. */
  caller(caller: Principal): void;
  /** One request of nobody who is known. */
  stranger(address: string): void;
  /** One request that is held back for news; returns how to say that it no longer is. */
  waiter(caller: Principal): () => void;
}
