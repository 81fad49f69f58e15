import { JwtVerifier } from 'aws-jwt-verify';
import {
  JwksValidationError,
  JwtExpiredError,
  JwtNotBeforeError,
  KidNotFoundInJwksError,
  WaitPeriodNotYetEndedJwkError,
} from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { isTandemError, TandemError } from '../errors/tandem-error.ts';
import type { Identity, Principal } from '../ports/identity.ts';
import { type ClaimNames, claimFault, ownClaimNames, principalOf } from './claims.ts';
import { type Link, refusedToken } from './link.ts';
import { RememberedTokens } from './remembered-tokens.ts';

export interface TokenVerifierOptions {
  /** The issuer that is trusted: `iss` of its tokens, or what tells its names from others. */
  readonly issuer: string | ((name: string) => boolean);
  /** What tokens must be meant for, one or another: `aud`, or `client_id` where there is no `aud`. */
  readonly audience: string | readonly string[];
  /** Fetches the issuer's key set (JWKS, JSON in UTF-8); called when a token names a key that isn't known yet. */
  readonly fetchKeys: () => Promise<Uint8Array>;
  /** How its tokens tell tenant and roles; default: as ours do. */
  readonly claimNames?: ClaimNames;
  /** What its tokens may be signed by; default RS256 alone. */
  readonly algorithms?: readonly ('RS256' | 'ES256' | 'EdDSA')[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How many verified tokens are remembered; default 10,000. */
  readonly remember?: number;
}

/** Tokens of ours have about 700 characters; Cognito's with many groups some thousands. */
const longestToken = 8_192;

/** Keys of the cache of key sets: each verifier has its own. */
const keySetAddress = 'https://keys.invalid/';

/**
 * Verifies the access tokens of one issuer: signature by a key of its set, issuer, audience, expiry (required),
 * not-before, and the claims that name subject, tenant and roles. A token that was good is remembered until it expires.
 * It accepts the tokens that name its issuer. `verify` throws `auth.invalid`, or `auth.unavailable` when the keys can't be
 * fetched.
 */
export function tokenVerifier(options: TokenVerifierOptions): Identity & Link {
  const { issuer, now, claimNames = ownClaimNames } = options;
  const isTrusted = typeof issuer === 'string' ? (name: string) => name === issuer : issuer;
  const verifier = jwtVerifier(options, isTrusted);
  const remembered = new RememberedTokens(options.remember ?? 10_000);

  return {
    accepts(token) {
      if (remembered.get(token) !== undefined) return true;
      const named = token.length > longestToken ? undefined : issuerNamedBy(token);
      return named !== undefined && isTrusted(named);
    },
    async verify(token: string): Promise<Principal> {
      const known = remembered.get(token);
      if (known !== undefined) {
        if (known.expiresAt > now()) return known.principal;
        remembered.forget(token);
        throw refusedToken('has expired');
      }
      if (token.length > longestToken) throw refusedToken(`is longer than ${longestToken} characters`);
      const claims = await verifier.verify(token).catch((error: unknown) => {
        throw verdictOf(error);
      });
      const expiresAt = (claims.exp as number) * 1_000;
      if (expiresAt <= now()) throw refusedToken('has expired');
      const principal = principalOf(claims, claimNames);
      if (principal === undefined) throw refusedToken('names no tenant');
      remembered.put(token, { principal, expiresAt });
      return principal;
    },
  };
}

function jwtVerifier(options: TokenVerifierOptions, isTrusted: (name: string) => boolean) {
  const { audience, fetchKeys, algorithms = ['RS256'] } = options;
  const jwksCache = new SimpleJwksCache({
    fetcher: {
      // The library's types ask for an ArrayBuffer, but any bytes that a TextDecoder takes will do.
      fetch: async () =>
        (await fetchKeys().catch((cause: unknown) => {
          throw new TandemError('auth.unavailable', { cause });
        })) as unknown as ArrayBuffer,
    },
  });
  const allowed: readonly string[] = algorithms;
  return JwtVerifier.create(
    {
      // Checked below: it may have several names.
      issuer: null,
      audience: null,
      jwksUri: keySetAddress,
      customJwtCheck: ({ header, payload }) => {
        if (typeof payload.iss !== 'string' || !isTrusted(payload.iss))
          throw refusedToken('is from another issuer');
        const isSignedWell = allowed.includes(header.alg ?? '');
        const fault = isSignedWell
          ? claimFault(payload, [audience].flat())
          : `is not signed by ${allowed.join(' or ')}`;
        if (fault !== undefined) throw refusedToken(fault);
      },
    },
    { jwksCache },
  );
}

/** `iss` as a token has it, unverified: whoever is named has still to be proven. */
function issuerNamedBy(token: string): string | undefined {
  const [, claims, signature, ...more] = token.split('.');
  if (claims === undefined || signature === undefined || more.length > 0) return undefined;
  try {
    const { iss } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    return typeof iss === 'string' ? iss : undefined;
  } catch {
    return undefined;
  }
}

/** Says why without repeating anything of the token. */
function verdictOf(error: unknown): TandemError {
  if (isTandemError(error)) return error;
  if (error instanceof JwksValidationError) return new TandemError('auth.unavailable', { cause: error });
  if (error instanceof JwtExpiredError) return refusedToken('has expired');
  if (error instanceof JwtNotBeforeError) return refusedToken('is not valid yet');
  if (error instanceof KidNotFoundInJwksError || error instanceof WaitPeriodNotYetEndedJwkError) {
    return refusedToken('is signed by a key that the issuer does not publish');
  }
  return refusedToken('is not a JWT with a good signature', error);
}
