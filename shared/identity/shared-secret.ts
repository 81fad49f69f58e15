import { createHash, timingSafeEqual } from 'node:crypto';
import type { Principal } from '../ports/identity.ts';
import { type Link, refusedToken } from './link.ts';

/** Characters that a shared secret has at least. */
export const shortestSecret = 32;

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Knows everybody who has the secret as the same principal. Compared by digests, so that the time it takes says nothing of
 * the secret. Throws a `RangeError` for a secret that is too short to be one.
 */
export function sharedSecret(secret: string, principal: Principal): Link {
  if (secret.length < shortestSecret) {
    throw new RangeError(`A shared secret has at least ${shortestSecret} characters`);
  }
  const expected = digestOf(secret);
  const isSecret = (token: string): boolean => timingSafeEqual(digestOf(token), expected);
  return {
    accepts: isSecret,
    async verify(token) {
      if (!isSecret(token)) throw refusedToken('is not the shared secret');
      return principal;
    },
  };
}
