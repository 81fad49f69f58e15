import { createHmac, generateKeyPairSync } from 'node:crypto';
import { signJwt } from '../../local/identity/jwt.ts';
import type { JsonObject } from '../../shared/domain/json.ts';
import type { OpenDoor } from '../support/open-door.ts';

const text = (part: JsonObject) => Buffer.from(JSON.stringify(part)).toString('base64url');
const stranger = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const now = () => Math.floor(Date.now() / 1_000);

/** Tokens that somebody without the issuer's key could come up with, or that are no longer, or not yet, good. */
export const forged: Readonly<Record<string, (door: OpenDoor) => string>> = {
  'algorithm none, without a signature': ({ issuer }) =>
    `${text({ alg: 'none', kid: 'k1' })}.${text(issuer.claims())}.`,
  'algorithm none, with a signature': ({ issuer }) =>
    `${text({ alg: 'none', kid: 'k1' })}.${text(issuer.claims())}.c2ln`,
  'algorithm None, in other letters': ({ issuer }) =>
    `${text({ alg: 'NoNe', kid: 'k1' })}.${text(issuer.claims())}.c2ln`,
  'HS256 with the public key as the secret': ({ issuer }) => {
    const signed = `${text({ alg: 'HS256', kid: 'k1' })}.${text(issuer.claims())}`;
    return `${signed}.${createHmac('sha256', issuer.publicKeyPem).update(signed).digest('base64url')}`;
  },
  'a key of their own under the known id': ({ issuer }) =>
    signJwt({ alg: 'RS256', kid: 'k1' }, issuer.claims(), stranger.privateKey),
  'a key of their own under another id': ({ issuer }) =>
    signJwt({ alg: 'RS256', kid: 'k2' }, issuer.claims(), stranger.privateKey),
  'a key of their own, brought along': ({ issuer }) =>
    signJwt(
      { alg: 'RS256', kid: 'k1', jwk: stranger.publicKey.export({ format: 'jwk' }) as JsonObject },
      issuer.claims(),
      stranger.privateKey,
    ),
  'a key from an address of their own': ({ issuer }) =>
    signJwt(
      { alg: 'RS256', kid: 'k1', jku: 'http://127.0.0.1:9/jwks.json' },
      issuer.claims(),
      stranger.privateKey,
    ),
  'no key id': ({ issuer }) => signJwt({ alg: 'RS256' }, issuer.claims(), stranger.privateKey),
  'a signature of another token': ({ issuer }) => {
    const [header, , signature] = issuer.token().split('.');
    return `${header}.${text({ ...issuer.claims(), tenant: 'other' })}.${signature}`;
  },
  'another issuer': ({ issuer }) => issuer.token({ iss: 'https://elsewhere.example' }),
  'another audience': ({ issuer }) => issuer.token({ aud: 'other' }),
  expired: ({ issuer }) => issuer.token({ exp: now() - 1 }),
  'not valid yet': ({ issuer }) => issuer.token({ nbf: now() + 600 }),
  'never expiring': ({ issuer }) => issuer.token({ exp: undefined }),
  'expiring in words': ({ issuer }) => issuer.token({ exp: 'never' }),
  'a tenant that leads elsewhere': ({ issuer }) => issuer.token({ tenant: '../other' }),
  'a list of tenants': ({ issuer }) => issuer.token({ tenant: ['acme', 'other'] }),
  empty: () => ' ',
  'no token at all': () => 'let-me-in',
};
