import { generateKeyPairSync } from 'node:crypto';
import { signJwt } from '../../local/identity/jwt.ts';
import { tokenVerifier } from '../../shared/identity/token-verifier.ts';
import { identityContract } from './identity.ts';

const issuer = 'http://localhost:4400';
const audience = 'tandem';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' };

identityContract('token verifier', async () => {
  let shift = 0;
  const now = () => Date.now() + shift * 1_000;
  const identity = tokenVerifier({
    issuer,
    audience,
    now,
    fetchKeys: async () => new TextEncoder().encode(JSON.stringify({ keys: [jwk] })),
  });
  const seconds = () => Math.floor(now() / 1_000);
  return {
    identity,
    now: seconds,
    advance: (by) => {
      shift += by;
    },
    token: (changes) => {
      const claims = {
        iss: issuer,
        aud: audience,
        sub: 'alice',
        tenant: 'acme',
        roles: ['user'],
        exp: seconds() + 3_600,
        ...changes,
      };
      return signJwt({ alg: 'RS256', kid: 'k1' }, claims as never, privateKey);
    },
  };
});
