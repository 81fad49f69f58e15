import { JwtVerifier } from 'aws-jwt-verify';
import {
  JwksValidationError,
  JwtExpiredError,
  JwtInvalidIssuerError,
  JwtNotBeforeError,
  KidNotFoundInJwksError,
  WaitPeriodNotYetEndedJwkError,
} from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { isTandemError, TandemError } from '../errors/tandem-error.ts';
import type { Identity, Principal } from '../ports/identity.ts';
import { claimFault, principalOf } from './claims.ts';
import { RememberedTokens } from './remembered-tokens.ts';

export interface TokenVerifierOptions {
  /** The only issuer that is trusted: `iss` of its tokens. */
  readonly issuer: string;
  /** What tokens must be meant for: `aud`, or `client_id` where there is no `aud`. */
  readonly audience: string;
  /** Fetches the issuer's key set (JWKS, JSON in UTF-8); called when a token names a key that isn't known yet. */
  readonly fetchKeys: () => Promise<Uint8Array>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How many verified tokens are remembered; default 10,000. */
  readonly remember?: number;
}

/** Tokens of ours have about 700 characters; Cognito's with many groups some thousands. */
const longestToken = 8_192;

/**
 * Verifies the access tokens of one issuer: RS256 signature by a key of its set, issuer, audience, expiry (required),
 * not-before, and the claims `sub`, `tenant` and `roles`. A token that was good is remembered until it expires.
 * `verify` throws `auth.invalid`, or `auth.unavailable` when the keys can't be fetched.
 */
export function tokenVerifier(options: TokenVerifierOptions): Identity {
  const { issuer, audience, now } = options;
  const keySet = new SimpleJwksCache({
    fetcher: {
      // The library's types ask for an ArrayBuffer, but any bytes that a TextDecoder takes will do.
      fetch: async () =>
        (await options.fetchKeys().catch((cause: unknown) => {
          throw new TandemError('auth.unavailable', { cause });
        })) as unknown as ArrayBuffer,
    },
  });
  const verifier = JwtVerifier.create(
    {
      issuer,
      audience: null,
      jwksUri: `${issuer}/.well-known/jwks.json`,
      customJwtCheck: ({ header, payload }) => {
        const fault = header.alg === 'RS256' ? claimFault(payload, audience) : 'is not signed by RS256';
        if (fault !== undefined) throw refused(fault);
      },
    },
    { jwksCache: keySet },
  );
  const remembered = new RememberedTokens(options.remember ?? 10_000);

  return {
    async verify(token: string): Promise<Principal> {
      const known = remembered.get(token);
      if (known !== undefined) {
        if (known.expiresAt > now()) return known.principal;
        remembered.forget(token);
        throw refused('has expired');
      }
      if (token.length > longestToken) throw refused(`is longer than ${longestToken} characters`);
      const claims = await verifier.verify(token).catch((error: unknown) => {
        throw verdictOf(error);
      });
      const expiresAt = (claims.exp as number) * 1_000;
      if (expiresAt <= now()) throw refused('has expired');
      const principal = principalOf(claims);
      remembered.put(token, { principal, expiresAt });
      return principal;
    },
  };
}

function refused(fault: string, cause?: unknown): TandemError {
  return new TandemError('auth.invalid', { message: `The token ${fault}`, cause });
}

/** Says why without repeating anything of the token. */
function verdictOf(error: unknown): TandemError {
  if (isTandemError(error)) return error;
  if (error instanceof JwksValidationError) return new TandemError('auth.unavailable', { cause: error });
  if (error instanceof JwtExpiredError) return refused('has expired');
  if (error instanceof JwtNotBeforeError) return refused('is not valid yet');
  if (error instanceof JwtInvalidIssuerError) return refused('is from another issuer');
  if (error instanceof KidNotFoundInJwksError || error instanceof WaitPeriodNotYetEndedJwkError) {
    return refused('is signed by a key that the issuer does not publish');
  }
  return refused('is not a JWT with a good signature', error);
}
