import { generateKeyPairSync } from 'node:crypto';
import { signJwt } from '../../local/identity/jwt.ts';
import type { JsonObject } from '../../shared/domain/json.ts';
import { tokenVerifier } from '../../shared/identity/token-verifier.ts';
import type { Identity } from '../../shared/ports/identity.ts';

/** An issuer with a key of its own, and a verifier that trusts it. */
export interface TestIssuer {
  readonly identity: Identity;
  readonly publicKeyPem: string;
  /** Claims of a good token. */
  claims(): JsonObject;
  /** A token signed by the trusted key; members changed to `undefined` are left out. */
  token(changes?: Readonly<Record<string, unknown>>, header?: JsonObject): string;
}

export const testIssuerName = 'http://localhost:4400';

const keys = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const jwk = { ...keys.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' };

export function testIssuer(now: () => number = Date.now): TestIssuer {
  const claims = (): JsonObject => ({
    iss: testIssuerName,
    aud: 'tandem',
    sub: 'alice',
    tenant: 'acme',
    roles: ['admin'],
    exp: Math.floor(now() / 1_000) + 3_600,
  });
  return {
    claims,
    identity: tokenVerifier({
      issuer: testIssuerName,
      audience: 'tandem',
      now,
      fetchKeys: async () => new TextEncoder().encode(JSON.stringify({ keys: [jwk] })),
    }),
    publicKeyPem: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    token: (changes = {}, header = {}) =>
      signJwt(
        { alg: 'RS256', kid: 'k1', ...header },
        { ...claims(), ...changes } as JsonObject,
        keys.privateKey,
      ),
  };
}
