import { randomUUID } from 'node:crypto';
import type { Role } from '../../shared/domain/audit/records.ts';
import type { JsonObject } from '../../shared/domain/json.ts';
import { signJwt } from './jwt.ts';
import { openSigningKey } from './signing-key.ts';

export interface LocalIssuerOptions {
  /** Where the key pair is kept: `identity/` in the data folder. */
  readonly folder: string;
  /** `iss` of its tokens. Keep it when the port changes: tokens name it. */
  readonly issuer: string;
  /** `aud` of its tokens. */
  readonly audience: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface TokenRequest {
  readonly tenant: string;
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly ttlSeconds: number;
}

/** The OpenID Connect issuer of one machine. Who can read its folder can be anybody. */
export interface LocalIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** Whether `iss` of a token may be a name of this issuer. */
  readonly isOurs: (name: string) => boolean;
  issueToken(request: TokenRequest): string;
  /** The public key set, JSON in UTF-8: what a verifier of this process fetches. */
  fetchKeys(): Promise<Uint8Array>;
  /** What is published without a token, by path. */
  readonly documents: Readonly<Record<string, JsonObject>>;
}

/** Opens the issuer; its key pair is made when there is none yet. */
export async function openLocalIssuer(options: LocalIssuerOptions): Promise<LocalIssuer> {
  const { issuer, audience } = options;
  const key = await openSigningKey(options.folder);
  const keySet = { keys: [key.jwk] };
  return {
    issuer,
    audience,
    isOurs: (name) => name === issuer,
    issueToken({ tenant, subject, roles, ttlSeconds }) {
      const iat = Math.floor(options.now() / 1_000);
      return signJwt(
        { alg: 'RS256', typ: 'at+jwt', kid: key.id },
        {
          iss: issuer,
          aud: audience,
          sub: subject,
          tenant,
          roles,
          iat,
          exp: iat + ttlSeconds,
          jti: randomUUID(),
        },
        key.private,
      );
    },
    async fetchKeys() {
      return new TextEncoder().encode(JSON.stringify(keySet));
    },
    documents: {
      '/.well-known/jwks.json': keySet,
      '/.well-known/openid-configuration': {
        issuer,
        jwks_uri: `${issuer}/.well-known/jwks.json`,
        response_types_supported: ['token'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        claims_supported: ['iss', 'aud', 'sub', 'tenant', 'roles', 'iat', 'exp', 'jti'],
      },
    },
  };
}
