import { TandemError } from '../errors/tandem-error.ts';
import type { Principal, RequestHeaders } from '../ports/identity.ts';

/** One way to be known: a link of the chain that a credential is held against. */
export interface Link {
  /** Whether a token is of its kind: a cheap look at its shape that says nothing of its worth. */
  accepts(token: string): boolean;
  /** Throws `auth.invalid`, or `auth.unavailable` when it cannot tell now. No other link is asked then. */
  verify(token: string, headers: RequestHeaders): Promise<Principal>;
}

/** `fault` completes "The token …" and repeats nothing of it. */
export function refusedToken(fault: string, cause?: unknown): TandemError {
  return new TandemError('auth.invalid', { message: `The token ${fault}`, cause });
}
